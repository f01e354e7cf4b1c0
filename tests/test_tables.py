"""Tables speak the reader's language: every heading and every code; fractions are percentages."""

import re

import pandas as pd
import pytest

from retention.filters import Filters
from retention.questions import names, question
from retention.texts import LANGUAGES, Texts
from retention.ui.tables import _digits, headings
from retention.wording import HIDDEN, in_words

# What is asked by other code or the command line and stands in no table.
UNSEEN = ("choices", "extent", "lit_up", "requests_told", "churn_definitions")
# The owner's or the member's own words, which may look like codes.
OWN_WORDS = (
    "comment", "wording", "name", "campaign", "file_name", "member_id", "status_raw", "detail", "heat_outcome", "theme",
)


@pytest.fixture(scope="module")
def data(the_sample):
    return the_sample


def answer_of(data, name: str) -> pd.DataFrame:
    member = data.ask("members_found", Filters(member="a")).member.iloc[0]
    return data.ask(name, Filters(member=f"#{member}", themes=("Time=time", "Zeit=zeit"), grouped_by="tenure"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_every_column_has_a_heading(name, language):
    texts = Texts(language)
    assert [column for column in question(name).columns if not texts.has(f"column.{column}")] == []


@pytest.mark.parametrize("name", [name for name in names() if name not in UNSEEN])
def test_no_code_is_left_in_a_table(name, data):
    for language in LANGUAGES:
        shown = in_words(answer_of(data, name), Texts(language), name)
        for column in shown.columns.difference([*OWN_WORDS, *HIDDEN]):
            if shown[column].dtype.kind in "iufbM":
                continue
            codes = {value for value in shown[column] if re.fullmatch(r"\(\w+\)|[a-z]+(_[a-z0-9]+)+", str(value))}
            assert codes == set(), (language, column)


def test_fractions_are_percentages_and_amounts_are_not():
    found = pd.DataFrame({"low": [0.1, 0.2], "mrr": [0.5, 0.7], "churn_rate": [0.1, None]})
    said = {column: told["type_config"]["format"] for column, told in headings(found, Texts("en")).items()}
    assert said == {"low": "percent", "mrr": "localized", "churn_rate": "percent"}
    assert headings(pd.DataFrame({"low": [12.0, 15.5]}), Texts("en"))["low"]["type_config"]["format"] == "localized"


def test_several_codes_in_a_cell_are_each_worded_and_own_words_stay():
    found = pd.DataFrame({"reasons": ["price;not_using"], "plan": ["my_own_plan"], "cause": [None]})
    assert in_words(found, Texts("en")).iloc[0].tolist() == ["Too expensive, Not using it enough", "my_own_plan", ""]


def test_amounts_are_shown_with_two_digits_and_fractions_are_left_whole():
    answer = pd.DataFrame({"mrr": [19.98765], "churn_rate": [0.123456], "active": [7]})
    assert answer.round(_digits(answer)).iloc[0].tolist() == [19.99, 0.123456, 7]


def test_a_channel_of_the_owners_stands_in_a_table_as_it_is():
    answer = pd.DataFrame({"segment": ["Arts & Crafts <b>"], "share": [0.5]})
    assert in_words(answer, Texts("en"), "request_shares")["segment"].tolist() == ["Arts & Crafts <b>"]
