"""The Data page asks for what only the owner knows, once, and reads again with the answer."""

import pytest

from retention.intake.recognise.mapping_files import header_key
from retention.model import FileRequest, Finding, Report
from retention.texts import Texts
from retention.ui import session
from retention.ui.order import Order, known_again
from tests.test_forget import MEMBERS, arrived, bring, opened

SURVEY = "email,answered_at,reason\n" + "".join(
    f"m{n}@example.org,2025-0{3 + n % 5}-28,{words}\n"
    for n, words in enumerate(("too dear", "my dog ate it", "my dog ate it", "<b>x</b> *y* $z$"))
)
ODD = b"wer,seit wann,bis\n" + b"".join(b"p%d,2025-0%d-01,\n" % (n, n) for n in range(1, 9))
TOML = 'kind = "subscriptions"\n\n[columns]\nmember_id = "wer"\nstarted_on = "seit wann"\n'


def said(app) -> str:
    kinds = ("markdown", "caption", "success", "warning", "error", "info")
    return "\n".join(element.value for kind in kinds for element in getattr(app, kind)).replace("\\", "")


def loaded(app):
    return app.session_state["uploaded_data_set"]


def test_a_wording_that_no_rule_knows_is_given_a_reason_and_counted_for_it():
    app = bring(opened(), ("members.csv", MEMBERS), ("survey.csv", SURVEY.encode()))
    labels = [box.label.replace("\\", "") for box in app.selectbox if box.key.startswith("wording_")]
    assert labels[0] == "my dog ate it (2)"
    assert "<b>x</b> *y* $z$ (1)" in labels
    next(box for box in app.selectbox if "my dog" in box.label).set_value("life_change")
    app.button(key="apply_wordings").click().run()
    arrived(app)
    assert loaded(app).read.reasons == {"my dog ate it": "life_change"}
    reasons = loaded(app).ask("reasons").set_index("reason")
    assert reasons.loc["life_change", "named"] == 2
    labels = {box.label.replace("\\", ""): box.value for box in app.selectbox if box.key.startswith("wording_")}
    assert labels["my dog ate it"] == "life_change", "it stays in the list, to be changed"


def test_what_is_asked_once_is_prefilled_with_its_reason_and_a_change_reads_again():
    app = bring(opened(), ("members.csv", MEMBERS))
    before = loaded(app)
    assert "Complete up to 30 July 2025 (members.csv: the newest thing that happened in it)" in said(app)
    app.text_input(key=f"currency_{before.fingerprint}").set_value("chf")
    app.number_input(key=f"grace_{before.fingerprint}").set_value(0)
    app.button(key="apply_settings").click().run()
    arrived(app)
    after = loaded(app)
    assert (after.read.currency, after.settings.grace_days) == ("CHF", 0)
    assert after.read.as_of is None, "a day that was only prefilled is not taken for the owner's word"
    assert after.fingerprint != before.fingerprint


def test_a_currency_that_does_not_exist_is_said_and_nothing_is_read():
    app = bring(opened(), ("members.csv", MEMBERS))
    before = loaded(app)
    app.text_input(key=f"currency_{before.fingerprint}").set_value("12")
    app.button(key="apply_settings").click().run()
    assert Texts("en")("data.settings.no_currency", currency="12") in said(app)
    assert loaded(app) is before


def test_what_a_currency_is_worth_is_typed_with_comma_or_point_and_anything_else_is_said():
    two = "email,joined_at,cancelled_at,price,currency\n" + "".join(
        f"m{n}@x.org,2025-01-1{n},,10.00,{'USD' if n < 3 else 'EUR'}\n" for n in range(9))
    app = bring(opened(), ("members.csv", two.encode()))
    before, texts = loaded(app), Texts("en")
    for typed in ("a lot", "-1", "0"):
        app.text_input(key=f"rate_USD_{before.fingerprint}").set_value(typed)
        app.button(key="apply_settings").click().run()
        assert texts("data.settings.no_rate", currency="USD") in said(app)
        assert loaded(app) is before
    app.text_input(key=f"rate_USD_{before.fingerprint}").set_value("0,92")
    app.button(key="apply_settings").click().run()
    arrived(app)
    assert loaded(app).settings.rates == (("USD", 0.92),)


def test_an_unknown_file_is_read_with_columns_that_were_saved_before():
    app = bring(opened(), ("odd.csv", ODD))
    assert Texts("en")("data.mapping.ask") in said(app)
    app.file_uploader(key="load_mapping_0").set_value(("columns.toml", TOML.encode(), "text/plain")).run()
    app.button(key="apply_mapping_0").click().run()
    arrived(app)
    assert [report.rows_taken for report in loaded(app).reports] == [8]
    bring(app, ("next.csv", ODD.replace(b"p", b"q")))
    assert [report.rows_taken for report in loaded(app).reports] == [8, 8]


@pytest.mark.parametrize(("content", "key"), [
    (b"\xff\xfe no", "load_bad"), (b"[columns]\n", "load_bad"), (b"kind = 3", "load_bad"),
    (TOML.replace("wer", "jemand").encode(), "load_other"),
])
def test_a_file_that_holds_no_fitting_columns_is_refused_in_a_sentence(content, key):
    app = bring(opened(), ("odd.csv", ODD))
    app.file_uploader(key="load_mapping_0").set_value(("columns.toml", content, "text/plain")).run()
    app.button(key="apply_mapping_0").click().run()
    assert Texts("en")(f"data.mapping.{key}", headings="jemand") in said(app)


def test_a_mapping_without_a_member_says_what_is_still_needed():
    app = bring(opened(), ("odd.csv", ODD))
    assert next(box for box in app.selectbox if box.label == "Start").value == "seit wann", "guessed from its days"
    app.button(key="read_mapping_0").click().run()
    assert "Still needed: Member (e-mail or number)." in said(app)


def test_only_unknown_files_with_the_same_headings_are_read_as_before():
    way = {"mapping": {"member_id": "wer"}, "kind": "members"}
    unknown, other, known = (Report(name, headings=list(headings)) for name, headings in (
        ("a.csv", ("WER ", "wann")), ("b.csv", ("wer", "wo")), ("c.csv", ("wer", "wann")),
    ))
    for report in (unknown, other):
        report.findings = [Finding("columns_unknown", "refused")]
    order = Order(files=tuple(FileRequest(name, name) for name in ("a.csv", "b.csv", "c.csv")))
    again = known_again(order, [unknown, other, known], {header_key(["wer", "wann"]): way})
    assert [file.mapping for file in again.files] == [{"member_id": "wer"}, None, None]


def test_the_list_of_a_file_is_asked_for_with_what_each_answer_comes_to():
    app = bring(opened(), ("members.csv", MEMBERS))
    loaded(app).reports[0].questions = [{
        "about": "member_list", "column": None, "rows": [8], "readings": {
            "active": ["pending_cancel 2026-12-12"], "old": ["cancelled 2026-12-12"]},
    }]
    app.run()
    table = next(frame for frame in app.dataframe if "Active members" in frame.value.columns)
    assert table.value.iloc[0].tolist() == ["8", "cancelled, paid up 12 December 2026", "cancelled 12 December 2026"]
    app.button(key="answer_doubts_0").click().run()
    assert "Please answer each question first." in said(app)
    app.radio[0].set_value("old")
    app.button(key="answer_doubts_0").click().run()
    assert app.session_state["order"].file("members.csv").member_list is None, "not before it is read"
    arrived(app)
    assert app.session_state["order"].file("members.csv").member_list == "old"


def test_the_first_finding_and_the_way_to_it_stand_on_the_page_right_after_reading():
    app = opened()
    assert "See your churn" not in [link.proto.label for link in app.get("page_link")]
    bring(app, ("members.csv", MEMBERS))
    assert "See your churn" in [link.proto.label for link in app.get("page_link")]
    assert "In June 2025, " in said(app) or "In July 2025, " in said(app)


def test_a_difference_is_named_in_red(monkeypatch):
    real = session.answer

    def off_by_two(data, name, filters):
        found = real(data, name, filters)
        if name == "reconciliation":
            found = found.assign(unexplained=[0, 0, 2, 0, 0], first_off=[None, None, "2025-03-01", None, None])
            found["first_off"] = found["first_off"].astype("datetime64[us]")
        return found

    monkeypatch.setattr(session, "answer", off_by_two)
    app = opened()
    [red] = [error.value for error in app.error]
    assert red.startswith("By “Month” it does not add up: 2 members too many or too few, first in Mar 2025.")
    assert "It adds up" not in said(app)
