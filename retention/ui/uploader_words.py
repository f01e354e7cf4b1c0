"""The uploader's own words, which Streamlit writes in English only, replaced on the page by those of the reader."""

import json

import streamlit as st

from retention.texts import Texts

_ZONE = '[data-testid="stFileUploaderDropzone"]'


def show_own_words(texts: Texts) -> None:
    """Hide the button's and the limit's English and set ours beside it; nothing to do in English."""
    if texts.language == "en":
        return
    limit = texts("data.upload.limit", size=int(st.get_option("server.maxUploadSize")))
    st.html(
        "<style>"
        + _instead(f"{_ZONE} button [data-testid='stMarkdownContainer'] p", texts("data.upload.choose"))
        + _instead('[data-testid="stFileUploaderDropzoneInstructions"] span', limit)
        + "</style>"
    )


def _instead(selector: str, words: str) -> str:
    content = json.dumps(words, ensure_ascii=False)
    return f"{selector}{{font-size:0}}{selector}::after{{content:{content};font-size:.875rem}}"
