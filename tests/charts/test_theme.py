"""Colours that everybody can tell apart, words that nobody can smuggle markup into, ticks in the reader's language."""

import itertools

import numpy as np
import pytest

from retention.figures.parts import theme
from retention.texts import Texts

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
EYES = {
    "usual": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]])
WHITE, DARK, STREAMLIT_DARK = "#FFFFFF", "#0B1312", "#0E1117"
SHOWN_TOGETHER = {
    "causes": tuple(theme.CAUSES.values()),
    "plans": theme.PLANS,
    "points": (theme.INK, theme.EMPHASIS, theme.QUIET),
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour: str, eye: str) -> np.ndarray:
    seen = XYZ @ np.clip(EYES[eye] @ linear(colour), 0, 1) / np.array([0.95047, 1, 1.08883])
    x, y, z = np.where(seen > 0.008856, np.cbrt(seen), 7.787 * seen + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(linear(colour) @ XYZ[1]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("together", SHOWN_TOGETHER)
@pytest.mark.parametrize("eye", EYES)
def test_colours_shown_together_differ_for_every_eye(together, eye):
    pairs = itertools.combinations(SHOWN_TOGETHER[together], 2)
    assert min(np.linalg.norm(lab(one, eye) - lab(other, eye)) for one, other in pairs) > 20


@pytest.mark.parametrize("page", [WHITE, DARK, STREAMLIT_DARK])
def test_every_mark_stands_out_from_light_and_dark_pages(page):
    colours = {colour for together in SHOWN_TOGETHER.values() for colour in together}
    assert min(contrast(colour, page) for colour in colours) >= 3


def test_words_are_legible_on_paper_and_exchanged_by_streamlit_for_its_own_strongest_colour():
    from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

    assert contrast(theme.WORDS, WHITE) >= 7
    assert theme.WORDS == GRAY_90


def test_no_colour_is_taken_for_a_place_holder_by_streamlit():
    colours = {colour for together in SHOWN_TOGETHER.values() for colour in together}
    assert not [colour for colour in colours if colour.startswith("#0000")]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<b>Gold</b>", "&lt;b&gt;Gold&lt;/b&gt;"),
        ("Fish & Chips", "Fish &amp; Chips"),
        ("$x^2$", "&#36;x^2&#36;"),
        ("100 %{y}", "100 %&#123;y}"),
        ("two\nlines\t here", "two lines here"),
        (12, "12"),
        ("A" * 60, "A" * 43 + "…"),
    ],
)
def test_somebodys_own_words_are_shown_and_never_obeyed(words, shown):
    assert theme.plain(words) == shown


def test_wrapping_never_breaks_an_entity():
    assert theme.wrapped(theme.plain("<" * 12) + " and more", 20) == "&lt;" * 12 + "<br>and more"


@pytest.mark.parametrize(
    ("top", "steps"),
    [(0.055, [0, 0.01, 0.02, 0.03, 0.04, 0.05]), (0.3, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]), (0, [0])],
)
def test_steps_are_even_and_few(top, steps):
    assert theme.even_steps(top).tolist() == pytest.approx(steps)


def test_ticks_are_written_in_the_readers_language():
    assert theme.percent_axis(0.021, Texts("de"))["ticktext"] == [
        "0,0\u202f%",
        "0,5\u202f%",
        "1,0\u202f%",
        "1,5\u202f%",
        "2,0\u202f%",
    ]
    assert theme.percent_axis(0.021, Texts("en"))["ticktext"][1] == "0.5\u202f%"


def test_the_stage_lets_the_page_show_through_and_stands_still():
    figure = theme.stage(Texts("de"), 300, [])
    assert figure.layout.separators == ",."
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0, 0, 0, 0)"
    assert figure.layout.title.text is None
    assert (figure.layout.xaxis.fixedrange, figure.layout.yaxis.fixedrange) == (True, True)
    assert figure.layout.dragmode is False
