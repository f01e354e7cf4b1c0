"""Holds the colours to what can be read: WCAG AA in the light and the dark theme."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

THEME = tomllib.loads((Path(__file__).resolve().parent.parent / ".streamlit" / "config.toml").read_text())["theme"]
Colour = tuple[float, float, float]


def colour(code: str) -> Colour:
    return tuple(int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))


def mixed(front: Colour, back: Colour, share: float) -> Colour:
    return tuple(share * one + (1 - share) * other for one, other in zip(front, back, strict=True))


def luminance(shown: Colour) -> float:
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in shown]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_contrast_that_wcag_says():
    assert contrast(colour("#000000"), colour("#FFFFFF")) == pytest.approx(21)
    assert contrast(colour("#777777"), colour("#FFFFFF")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_captions_and_selected_words_can_be_read(mode):
    theme = THEME[mode]
    text, primary, link = (colour(theme[f"{name}Color"]) for name in ("text", "primary", "link"))
    for ground in (colour(theme["backgroundColor"]), colour(theme["sidebar"]["backgroundColor"])):
        assert contrast(text, ground) > 7
        assert contrast(link, ground) > 4.5
        # Streamlit shows captions at 60 % and selected words on a tint of a tenth.
        assert contrast(mixed(text, ground, 0.6), ground) > 4.5
        assert contrast(primary, mixed(primary, ground, 0.1)) > 4.5
    # White words on primary buttons: as small text in the light theme, as a large mark in the dark one.
    assert contrast(colour("#FFFFFF"), primary) > {"light": 4.5, "dark": 3}[mode]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_there_are_exactly_ten_colours_of_each_kind(mode):
    for kind in ("Categorical", "Sequential", "Diverging"):
        assert len(set(THEME[mode][f"chart{kind}Colors"])) == 10


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_colour_stands_out_from_the_page(mode):
    ground = colour(THEME[mode]["backgroundColor"])
    weak = [code for code in THEME[mode]["chartCategoricalColors"] if contrast(colour(code), ground) < 3]
    assert weak == []
