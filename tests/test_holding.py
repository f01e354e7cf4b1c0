"""The settings that a figure rests on stand beneath it, read off the SQL itself, and lead to where they are changed."""

import pytest

from retention.questions import names, settings_read
from retention.texts import Texts
from tests.test_pages import open_app


@pytest.mark.parametrize(("asks", "read"), [
    ("member_churn", {"grace_days"}),
    ("winback_lift", {"grace_days", "winback_days"}),
    ("time_to_return", {"grace_days", "winback_days"}),
    ("survival", {"grace_days"}),
    ("derivations", set()),
])
def test_the_settings_are_those_that_the_sql_reads(asks, read):
    assert settings_read(asks) == read


def test_a_question_that_counts_leavers_rests_on_the_grace_days():
    assert {name for name in names() if name.endswith("churn")} <= {
        name for name in names() if "grace_days" in settings_read(name)}


@pytest.mark.parametrize(("page", "view", "said"), [
    ("churn", {"grain": "week"}, "Settings behind it: 14 grace days · weeks begin on Monday"),
    ("churn", {"grain": "year", "lang": "de"},
     "Dahinter stehende Einstellungen: 14 Kulanztage · das Jahr beginnt im Januar"),
    ("farewell", {"tab": "ease"}, "promised within 24 hours"),
])
def test_each_setting_is_said_where_it_matters_with_the_way_to_change_it(page, view, said):
    view = dict(view)
    language = view.pop("lang", "en")
    app = open_app(page, language, **view)
    name = "member_churn" if page == "churn" else "request_shares"
    app.session_state[f"calculation_{name}"] = True
    app.run()
    assert any(said in caption.value for caption in app.caption), [caption.value for caption in app.caption]
    assert Texts(language)("frame.holding.change") in [link.label for link in app.get("page_link")]
