"""Rates that others published: read with their sources, and drawn only where a figure measures the same."""

from dataclasses import asdict

import pandas as pd
import pytest

from retention import figures
from retention.figures.parts.published_marks import fitting, with_published
from retention.filters import DEFINITIONS, Filters
from retention.published import COLUMNS, BadPublished, Published, read, shipped
from retention.table_files import csv_bytes
from retention.texts import Texts
from tests.test_pages import open_app, said

ROW = "definition,grain,percent,label,source\n"
MINE = Published("member_churn", "month", 3.5, "Choirs", "My survey of 40 choirs")


def test_what_comes_with_the_dashboard_names_its_definition_and_its_source():
    rows = shipped()
    assert rows
    assert all(row.definition in DEFINITIONS and row.source and row.url for row in rows)


def test_rows_are_written_as_they_are_read():
    assert read(csv_bytes(pd.DataFrame([asdict(MINE)])).decode("utf-8-sig")) == (MINE,)


def test_a_german_file_is_read():
    assert read("definition;grain;percent;label;source\nmember_churn;month;3,5;Chöre;Umfrage\n")[0].percent == 3.5


@pytest.mark.parametrize(("line", "column", "value"), [
    ("churn,month,3,A,B", "definition", "churn"), ("member_churn,day,3,A,B", "grain", "day"),
    ("member_churn,month,x,A,B", "percent", "x"), ("member_churn,month,101,A,B", "percent", "101"),
    ("member_churn,month,nan,A,B", "percent", "nan"), ("member_churn,month,3,,B", "label", ""),
    ("member_churn,month,3,A,", "source", ""),
])
def test_a_row_without_definition_source_or_rate_is_refused_with_its_place(line, column, value):
    with pytest.raises(BadPublished) as bad:
        read(ROW + "member_churn,month,3,A,B\n" + line + "\n")
    assert (bad.value.line, bad.value.column, bad.value.value) == (3, column, value)


def test_only_the_same_definition_over_the_same_period_fits():
    shops = Published("churn_events", "month", 3.3, "Shops", "S")
    yearly = Published("member_churn", "year", 30, "Y", "S")
    rows = (MINE, shops, yearly)
    assert fitting("member_churn", rows, "month") == [MINE]
    assert fitting("member_churn", rows, "week") == []
    assert fitting("reason_shares", rows, "month") == []
    assert [row.definition for row in fitting("definition_lens", rows, "month")] == ["member_churn", "churn_events"]


@pytest.mark.parametrize("percent", [3.5, 42])
def test_a_line_is_drawn_across_the_course_and_the_axis_reaches_it(the_sample, percent):
    texts = Texts("de")
    figure = figures.member_churn(the_sample.ask("member_churn", Filters()), texts)
    row = Published("member_churn", "month", percent, "Chöre <b>", "Umfrage")
    drawn = with_published(figure, "member_churn", [row], texts)
    [line] = [shape for shape in drawn.layout.shapes if shape.y0 == shape.y1 == percent / 100]
    assert line.y0 < drawn.layout.yaxis.range[1]
    assert any(f"Chöre &lt;b&gt;: {texts.percent(percent / 100)}" in note.text for note in drawn.layout.annotations)
    assert len(figure.layout.shapes) == len(drawn.layout.shapes) - 1


def test_in_the_lens_a_tick_stands_in_the_row_of_its_definition(the_sample):
    figure = figures.definition_lens(the_sample.ask("churn_definitions", Filters()), Texts("en"))
    drawn = with_published(figure, "definition_lens", [MINE], Texts("en"))
    places = {key[1]: place for trace in figure.data if trace.customdata is not None
              for key, place in zip(trace.customdata, trace.y, strict=False)}
    assert drawn.data[-1].y[0] == places["member_churn"]
    assert drawn.data[-1].x[0] == 0.035


def test_published_rates_are_off_until_switched_on_and_then_named_with_their_source():
    assert "Recurly" not in said(open_app("lens"))
    assert "Recurly Research" in said(open_app("lens", published="yes"))
    assert Texts("en")("published.none") in said(open_app("churn", published="yes"))
    assert "Recurly Research" not in said(open_app("lens", published="yes", plan="Annual"))


def test_the_columns_of_the_file_are_those_of_the_table():
    assert COLUMNS[:5] == ("definition", "grain", "percent", "label", "source")
