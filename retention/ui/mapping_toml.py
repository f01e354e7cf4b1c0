"""A mapping made by hand as a file of its own: saved for the next export like it, and loaded again."""

import streamlit as st

from retention.intake.recognise.headings import normalised
from retention.intake.recognise.mapping_files import BadMapping, header_key, mapping_to_toml, request_from_toml
from retention.model import FileRequest, Report
from retention.texts import Texts
from retention.ui.escaping import escaped
from retention.ui.uploader_words import uploader

KINDS = ("subscriptions", "members", "survey_answers", "outreach")
MOST_BYTES = 100_000


def save_mapping(texts: Texts, file: FileRequest, report: Report, number: int) -> None:
    """What was said of the file, to keep."""
    st.download_button(
        texts("data.mapping.save"), data=lambda: mapping_toml(file, report), mime="application/toml",
        file_name=f"columns-{header_key(report.headings)}.toml", key=f"save_mapping_{number}", on_click="ignore",
        icon=":material/save:",
    )


def mapping_toml(file: FileRequest, report: Report) -> bytes:
    """The columns, dates and decimals of a file as its owner named them."""
    words = mapping_to_toml(file.mapping, report.headings, file.kind, file.date_orders, file.decimals)
    return words.encode()


def load_mapping(texts: Texts, report: Report, number: int) -> dict | None:
    """How the file is to be read by a TOML that was kept, once one is chosen that fits its headings."""
    with st.popover(texts("data.mapping.load"), icon=":material/folder_open:"):
        chosen = uploader(texts, texts("data.mapping.load_label"), key=f"load_mapping_{number}", max_upload_size=1)
        if not chosen or not st.button(texts("data.mapping.load_apply"), key=f"apply_mapping_{number}"):
            return None
        try:
            way = request_from_toml(chosen.getvalue()[:MOST_BYTES].decode("utf-8-sig"))
        except (BadMapping, UnicodeDecodeError):
            st.error(texts("data.mapping.load_bad"))
            return None
        way.pop("mapping_key", None)
        absent = _absent(way["mapping"], report)
        if absent or way["kind"] not in KINDS:
            st.error(escaped(texts("data.mapping.load_other", headings=", ".join(absent) or way["kind"])))
            return None
        return way


def _absent(mapping: dict[str, str], report: Report) -> list[str]:
    """Headings that the mapping names and the file lacks."""
    there = {normalised(heading) for heading in report.headings}
    return [heading[:60] for heading in mapping.values() if normalised(heading) not in there]
