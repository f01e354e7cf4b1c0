"""A meeting as one HTML file: works without a network, prints one figure a page, steps with the arrow keys."""

import html
import json
from pathlib import Path

from plotly.offline import get_plotlyjs

from retention.meeting.slide import Slide
from retention.texts import Texts
from retention.wording import as_texts

HERE = Path(__file__).resolve().parent
MOST_ROWS = 200  # of a table under a figure
BIGGER = 1.25  # letters, for a projector


def offline(slides: list[Slide], texts: Texts) -> bytes:
    """The same slides give the same bytes; nothing in the file asks for anything outside it."""
    frame = (HERE / "frame.html").read_text(encoding="utf-8")
    parts = {
        "language": texts.language,
        "title": html.escape(texts("meeting.title")),
        "help": html.escape(texts("meeting.keys")),
        "style": (HERE / "frame.css").read_text(encoding="utf-8"),
        "slides": "\n".join(_section(slide, number, texts) for number, slide in enumerate(slides, 1)),
        "figures": _script_safe(json.dumps([_figure(slide, texts) for slide in slides], ensure_ascii=False)),
        "plotly": get_plotlyjs().replace("</script", "<\\/script"),
        "steps": (HERE / "frame.js").read_text(encoding="utf-8"),
    }
    for name, part in parts.items():
        frame = frame.replace(f"<!--{name}-->", part)
    return frame.encode("utf-8")


def _section(slide: Slide, number: int, texts: Texts) -> str:
    names, rows = as_texts(slide.answer, slide.words(texts), slide.asks)
    head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows[:MOST_ROWS]
    )
    cut = ""
    if len(rows) > MOST_ROWS:
        cut = f"<p>{html.escape(texts('meeting.cut', shown=MOST_ROWS, count=len(rows)))}</p>"
    remark = f"<p class='remark'>{html.escape(slide.remark)}</p>" if slide.remark else ""
    return (
        f"<section id='s{number}'><h2>{html.escape(slide.title(texts))}</h2>"
        f"<p class='small'>{html.escape(texts(f'chart.{slide.chart}.definition'))}</p>"
        f"<div class='figure' id='f{number}' role='img' aria-label='{html.escape(slide.alternative(texts))}'>"
        f"</div>{remark}<p class='small'>{html.escape(texts(f'chart.{slide.chart}.reading'))}</p>"
        f"<p class='small'>{html.escape(slide.source(texts))}</p>"
        f"<details><summary>{html.escape(texts('frame.table', count=len(rows)))}</summary><table><thead><tr>{head}"
        f"</tr></thead><tbody>{body}</tbody></table>{cut}</details></section>"
    )


def _figure(slide: Slide, texts: Texts) -> dict:
    figure = json.loads(slide.figure(texts, BIGGER).to_json())
    return {"data": figure["data"], "layout": figure["layout"]}


def _script_safe(code: str) -> str:
    """No text within can end the script that holds it."""
    return code.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
