"""The uploader with the reader's own words: Streamlit writes them in English only."""

import json

import streamlit as st

from retention.texts import Texts
from retention.ui import login

_ZONE = '[data-testid="stFileUploaderDropzone"]'


def uploader(texts: Texts, label: str, key: str, **options: object):
    """Streamlit's uploader; its button and its limit are hidden and ours set beside them, where English is not read.

    Viewers get none."""
    if login.is_viewer():
        st.caption(texts("login.no_uploads"))
        return None
    if texts.language != "en":
        size = options.get("max_upload_size") or st.get_option("server.maxUploadSize")
        limit = [texts("data.upload.limit", size=int(size)), *filter(None, [str(options.get("type", "")).upper()])]
        choose = texts("data.upload.choose" if options.get("accept_multiple_files") else "data.upload.choose_one")
        place = f".st-key-{key}"
        st.html(
            "<style>"
            + _instead(f"{place} {_ZONE} button [data-testid='stMarkdownContainer'] p", choose)
            + _instead(f'{place} [data-testid="stFileUploaderDropzoneInstructions"] span', " · ".join(limit))
            + "</style>"
        )
    return st.file_uploader(label, key=key, **options)


def _instead(selector: str, words: str) -> str:
    content = json.dumps(words, ensure_ascii=False)
    return f"{selector}{{font-size:0}}{selector}::after{{content:{content};font-size:.875rem}}"
