"""What all figures look like: colours by meaning, escaped text, percent ticks, and the empty stage they stand on."""

import html
import math
import textwrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.texts import Texts

# Every colour has at least 3:1 against white and against the dark page, so one figure serves both; words take the
# page's own text colour. Distances under simulated colour blindness are held by tests/charts/test_theme.py.
INK = "#2374B5"
EMPHASIS = "#D55E00"
QUIET = "#7B8784"
SHADE = "rgba(123, 135, 132, 0.22)"
GRID = "rgba(123, 135, 132, 0.28)"
CLEAR = "rgba(0, 0, 0, 0)"
# Nearly black on paper; Streamlit puts its strongest text colour, light or dark, in its place. Without it small words
# would be as grey as its axes, too pale to read on white.
WORDS = "#000037"
CAUSES = {"voluntary": "#2374B5", "involuntary": "#B07A00", "unknown": QUIET}
PLANS = ("#2374B5", "#B07A00", "#10A867", "#B54B7D", "#765E2C", "#925BF2")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "star", "hexagon")
HATCHED = {"shape": "/", "fgcolor": QUIET, "bgcolor": CLEAR, "size": 7, "solidity": 0.35}

AXIS = {
    "fixedrange": True,
    "automargin": True,
    "zeroline": False,
    "showline": False,
    "gridcolor": GRID,
    "tickangle": 0,
    "ticks": "",
    "tickfont": {"size": 12, "color": WORDS},
}
LEGEND = {
    "orientation": "h",
    "x": 0,
    "y": 1,
    "yanchor": "bottom",
    "traceorder": "normal",
    "itemclick": False,
    "itemdoubleclick": False,
}

ENOUGH = 10  # fewer observations are drawn grey and not ranked
TEXT_SIZE = 13
LINE = 46  # characters that fit on a phone


def short(text: object, longest: int = 44) -> str:
    """Somebody's own words on one line, cut where they are long; for sentences, which are not escaped."""
    words = " ".join(str(text).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def safe(words: str) -> str:
    """Words as a figure shows them: no tags, formulas or templates. Only here are they escaped."""
    # Plotly decodes entities after it has looked for tags and formulas, and only these.
    return html.escape(words, quote=False).replace("$", "&#36;").replace("%{", "%&#123;")


def plain(text: object, longest: int = 44) -> str:
    """Somebody's own words in a figure: short and safe."""
    return safe(short(text, longest))


def wrapped(text: str, width: int = LINE) -> str:
    """The same text in lines that fit; words are never broken, as an entity could be."""
    return "<br>".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def tint(colour: str, strength: float) -> str:
    """The colour, let through by the page behind it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {strength})"


def interval(low: float, high: float, texts: Texts) -> str:
    """2.3–4.3 %, 95 % being said where it stands."""
    return f"{texts.number(low * 100, 1)}–{texts.percent(high)}"


def lost(answer: pd.DataFrame, column: str) -> bool:
    """Is there nothing to draw in this column?"""
    return answer.empty or not answer[column].notna().any()


def scatter(**trace: object) -> dict:
    """A trace as a plain value: Plotly checks it once, when the figure is made."""
    return {"type": "scatter"} | trace


def stage(texts: Texts, height: int, traces: list[dict], **layout: object) -> go.Figure:
    """A figure of these traces: see-through, the reader's separators, legend on top, nothing that drags or zooms."""
    prepared = {
        "template": go.layout.Template(),  # so that no import elsewhere changes what is drawn
        "height": height,
        "minreducedheight": 10,  # a figure of one row has room for its axis' name all the same
        "separators": texts.separators,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"size": TEXT_SIZE, "color": WORDS},
        "margin": {"l": 52, "r": 12, "t": 10, "b": 8},
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"align": "left", "font": {"color": WORDS}},
        "legend": LEGEND,
    }
    axes = {"xaxis": {}, "yaxis": {}} | {name: value for name, value in layout.items() if "axis" in name}
    # One construction, unchecked: checking takes as long as all the rest, and the tests check every figure there is.
    return go.Figure(traces, prepared | layout | {name: AXIS | value for name, value in axes.items()}, _validate=False)


def why_nothing(texts: Texts, observed: object = 0) -> str:
    """That there is nothing to draw, or that those who were observed are too few for it."""
    few = pd.notna(observed) and 0 < observed < ENOUGH
    return texts("chart.shared.too_few", count=int(observed)) if few else texts("chart.shared.nothing")


def nothing(texts: Texts, height: int = 120, observed: object = 0) -> go.Figure:
    """A figure that says in words that there is nothing to draw."""
    said = {"text": wrapped(why_nothing(texts, observed)), "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    hidden = {"visible": False}
    return stage(texts, height, [], xaxis=hidden, yaxis=hidden, annotations=[said | {"showarrow": False}])


def note(sentence: str) -> dict:
    """A sentence under the horizontal axis, as the axis's title: it makes its own room, in lines of like length."""
    lines = math.ceil(len(sentence) / LINE)
    return {
        "text": wrapped(sentence, min(len(sentence) // lines + 8, LINE)),
        "font": {"size": TEXT_SIZE - 1, "color": WORDS},
        "standoff": 14,
    }


def even_steps(top: float, at_most: int = 6) -> np.ndarray:
    """0, 1, 2, … or 0, 2, 4, … or 0, 5, 10, … up to `top`, no more than `at_most` steps."""
    if not top > 0:
        return np.array([0.0])
    power = 10.0 ** math.floor(math.log10(top / at_most))
    step = next(power * factor for factor in (1, 2, 5, 10) if top / (power * factor) <= at_most + 1e-9)
    return step * np.arange(math.floor(top / step + 1e-9) + 1)


def percent_axis(top: float, texts: Texts, at_most: int = 6) -> dict:
    """An axis of shares from 0, its ticks in the reader's language."""
    steps = even_steps(top, at_most)
    digits = 0 if len(steps) < 2 or steps[1] >= 0.00999 else 1 if steps[1] >= 0.000999 else 2
    return {
        "range": [0, top],
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": [texts.percent(step, digits) for step in steps],
    }


def axis_through_zero(bottom: float, top: float, texts: Texts) -> dict:
    """Shares to both sides of zero, which is drawn."""
    step = float(even_steps(top - bottom, 6)[1])
    ticks = step * np.arange(math.ceil(bottom / step), math.floor(top / step) + 1)
    shown = [("−" if tick < -1e-9 else "") + texts.percent(abs(tick), 0 if step >= 0.00999 else 1) for tick in ticks]
    zero = {"zeroline": True, "zerolinecolor": QUIET, "zerolinewidth": 1}
    return {"range": [bottom, top], "tickmode": "array", "tickvals": ticks, "ticktext": shown} | zero
