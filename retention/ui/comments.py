"""Finding one's way through comments: search, reasons, the rules of the themes, and who may see names."""

import streamlit as st

from retention.figures.reasons.reason_shares import SILENT
from retention.themes import BadRules, built_in, rules_of
from retention.ui import login
from retention.ui.escaping import escaped
from retention.ui.view import widget_key

_RULES, _WRITTEN = "theme_rules", "theme_rules_text"
NAMED = 3  # examples of each theme


def search_comments(page) -> dict[str, object]:
    """What the questions are fixed to: which words and reasons a comment must hold, and whether names are shown."""
    texts = page.texts
    if login.is_viewer():
        return {"uncovered": "no", "words": "", "themes": rules_of(built_in(), texts.language)}
    left, right = st.columns([3, 2])
    left.text_input(
        texts("filter.words.label"), key=widget_key("words"), help=texts("filter.words.help"), max_chars=200,
        icon=":material/search:",
    )
    known = [code for code in page.ask("reasons").reason if code != SILENT]
    chosen = [code for code in page.filters.reason if code not in known]
    right.multiselect(
        texts("filter.reason.label"), known + chosen, key=widget_key("reason"), placeholder=texts("filter.all"),
        format_func=lambda code: texts.word("reason", code),
    )
    uncovered = st.toggle(texts("filter.uncovered.label"), key="uncover_comments")
    return {"uncovered": "yes" if uncovered else "no", "themes": rules_of(_text(), texts.language)}


def show_examples(page, fixed: dict[str, object]) -> None:
    """The newest comments of each theme that has enough of them."""
    found = page.ask("theme_comments", **fixed)
    if found.empty:
        return
    box = st.expander(page.texts("themes.examples"), key="theme_examples", on_change="rerun", icon=":material/forum:")
    if not box.open:
        return
    with box:
        for theme, rows in found.groupby("theme", sort=False):
            st.markdown(f"**{escaped(theme)}**")
            st.markdown("\n".join(f"- {escaped(comment)}" for comment in rows["comment"].head(NAMED)))


def edit_themes(page) -> None:
    """The rules as TOML; what cannot be read is said and changes nothing."""
    texts = page.texts
    if login.is_viewer():
        return
    box = st.expander(texts("themes.title"), key="themes", on_change="rerun", icon=":material/edit:")
    if not box.open:
        return
    with box:
        st.caption(texts("themes.how"))
        st.session_state.setdefault(_WRITTEN, _text())
        st.text_area(texts("themes.title"), key=_WRITTEN, height=320, label_visibility="collapsed", max_chars=40_000)
        use, reset = st.columns(2)
        use.button(texts("themes.use"), key="use_themes", on_click=_use, width="stretch")
        reset.button(texts("themes.reset"), key="reset_themes", on_click=_reset, width="stretch")
        problem = st.session_state.get("theme_problem")
        if problem:
            st.warning(texts("themes.bad", problem=escaped(problem)))


def _text() -> str:
    return st.session_state.get(_RULES, built_in())


def _use() -> None:
    written = st.session_state[_WRITTEN]
    try:
        rules_of(written, "en")
    except BadRules as problem:
        st.session_state["theme_problem"] = str(problem)
    else:
        st.session_state["theme_problem"] = None
        st.session_state[_RULES] = written


def _reset() -> None:
    st.session_state.pop(_RULES, None)
    st.session_state["theme_problem"] = None
    st.session_state[_WRITTEN] = built_in()
