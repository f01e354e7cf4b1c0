"""Who is let in, which settings of a login are refused, and what a viewer may ask."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from retention.access import Access, BadAccess, check_settings, for_viewer, lists_persons, standing, without_persons
from retention.access.settings import is_good_secret
from retention.filters import Filters
from retention.questions import names
from retention.themes import built_in, rules_of

ROOT = Path(__file__).resolve().parent.parent
GOOD = "8f1c0e7a5b9d4632c1e8f70a9b5d3e64"
ACCESS = Access.of({"viewers": ["@firma.de", "chef@firma.com"], "analysts": ["a@firma.de", "@Team.Firma.com"]})


@pytest.mark.parametrize(("address", "role"), [
    ("b@firma.de", "viewer"),
    ("B@FIRMA.DE", "viewer"),
    ("a@firma.de", "analyst"),  # the address says more than its domain
    ("chef@firma.com", "viewer"),
    ("x@team.firma.com", "analyst"),
    ("x@firma.com", None),
    ("x@evil-firma.de", None),
    ("x@sub.firma.de", None),
    ("x@firma.de.evil.com", None),
    ("x@firma.dee", None),
    ("x@firma.d", None),
    ("x@firmaxde", None),
    ("firma.de", None),
    ("@firma.de", None),
    ("", None),
    (None, None),
    (["b@firma.de"], None),
    ("b@firma.de ", None),
    ("b@firma.de\n", None),
    ("b@firma.de\x00", None),
    ("b@firma.de.", None),
    ("b@evil.com@firma.de", None),
    ('"b@firma.de"@evil.com', None),
    ("b@firma.de,a@firma.de", None),
    ("b@ﬁrma.de", None),  # a ligature
    ("b@fırma.de", None),  # an i without its dot
    ("b@\u212axample.de", None),
    ("ﬀ@firma.de", None),
])
def test_an_address_is_let_in_by_itself_or_its_exact_domain(address, role):
    assert ACCESS.role_of(address) == role


@pytest.mark.parametrize(("claim", "usually", "trusting"), [
    ({}, "stranger", "analyst"),
    ({"email_verified": True}, "analyst", "analyst"),
    *(({"email_verified": said}, "stranger", "stranger") for said in (False, None, "true", "false", "", 1, [True], {})),
])
def test_an_address_that_nobody_confirmed_is_let_in_only_where_the_team_says_so(claim, usually, trusting):
    user = {"is_logged_in": True, "exp": 2_000_000_000, "email": "a@firma.de", **claim}
    lists = {"viewers": ["@firma.de"], "analysts": ["a@firma.de"]}
    for said in ({}, {"trust_unverified_addresses": False}):
        assert standing(user, Access.of({**lists, **said}), 1_900_000_000) == usually
    trusted = Access.of({**lists, "trust_unverified_addresses": True})
    assert standing(user, trusted, 1_900_000_000) == trusting
    assert standing({**user, "email": "a@evil.example"}, trusted, 1_900_000_000) == "stranger"


@pytest.mark.parametrize(("section", "why"), [
    *(({"viewers": ["@firma.de"], "trust_unverified_addresses": said}, "bad_trust") for said in ("true", 1, None, [])),
    ({"trust_unverified_addresses": True}, "nobody"),
    ({"viewers": ["@firma.de"], "trust_unverified_address": True}, "unknown_list"),
    (None, "no_access"),
    ("@firma.de", "no_access"),
    ([], "no_access"),
    ({}, "nobody"),
    ({"viewers": []}, "nobody"),
    ({"viewers": "@firma.de"}, "no_list"),
    ({"viewers": [1]}, "no_list"),
    ({"viewers": {"a@b.de": True}}, "no_list"),
    ({"viewers": ["@firma.de"], "admins": ["a@firma.de"]}, "unknown_list"),
    ({"viewer": ["@firma.de"]}, "unknown_list"),
    ({"viewers": ["*"]}, "bad_entry"),
    ({"viewers": ["@*"]}, "bad_entry"),
    ({"viewers": ["*@firma.de"]}, "bad_entry"),
    ({"viewers": ["firma.de"]}, "bad_entry"),
    ({"viewers": ["@de"]}, "bad_entry"),
    ({"viewers": ["@"]}, "bad_entry"),
    ({"viewers": [""]}, "bad_entry"),
    ({"viewers": [" @firma.de"]}, "bad_entry"),
    ({"viewers": ["@ﬁrma.de"]}, "bad_entry"),
    ({"viewers": ["a@firma.de"], "analysts": ["A@firma.de"]}, "twice"),
])
def test_a_list_that_does_not_say_who_is_refused(section, why):
    with pytest.raises(BadAccess) as refused:
        Access.of(section)
    assert refused.value.why == why


@pytest.mark.parametrize("secret", [
    None, "", "xxx", "change-me", "short0123456789", GOOD[:31], "0" * 64, "ab" * 32,
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "0123456789abcdef0123456789abcdef", "change-me-to-something-long-9f3k2", "REPLACE_WITH_32_RANDOM_CHARACTERS",
    "your-very-secret-cookie-secret-here-1", "correcthorse" * 3, 12345678901234567890123456789012, "z1y2" * 10,
])
def test_a_cookie_secret_that_can_be_guessed_is_refused(secret):
    assert not is_good_secret(secret)


@pytest.mark.parametrize("secret", [
    GOOD, "gVw3k0Q9x_2mZr7Tn-Yb1LsEa8DfHcJu", "d4a1f7e2093b8c56d4e7a1908f3b2c5e7d60918273a4b5c6f8e9d0a1b2c3f4e5",
])
def test_a_random_cookie_secret_passes(secret):
    assert is_good_secret(secret)


def settings(**changed: object) -> dict:
    auth = {
        "redirect_uri": "http://numbers.example:8501/oauth2callback", "cookie_secret": GOOD, "client_id": "retention",
        "client_secret": "s", "server_metadata_url": "https://login.example/.well-known/openid-configuration",
    } | changed
    told = {name: value for name, value in auth.items() if value is not None}
    return {"auth": told, "access": {"viewers": ["@firma.de"]}}


@pytest.mark.parametrize(("changed", "why"), [
    ({"cookie_secret": None}, "weak_secret"),
    ({"cookie_secret": "xxx"}, "weak_secret"),
    ({"redirect_uri": None}, "bad_redirect"),
    ({"redirect_uri": "http://numbers.example:8501/"}, "bad_redirect"),
    ({"redirect_uri": "http://numbers.example/oauth2callback"}, "bad_redirect"),
    ({"redirect_uri": "https://numbers.example:8501/oauth2callback"}, "bad_redirect"),
    ({"redirect_uri": "http://evil.example:8501/oauth2callback"}, "bad_redirect"),
    ({"redirect_uri": "http://numbers.example:8501@evil.example/oauth2callback"}, "bad_redirect"),
    ({"redirect_uri": "http://numbers.example:port/oauth2callback"}, "bad_redirect"),
    ({"redirect_uri": 1}, "bad_redirect"),
    ({"client_id": None}, "missing"),
    ({"client_secret": ""}, "missing"),
    ({"server_metadata_url": None}, "missing"),
    ({"server_metadata_url": "http://login.example/.well-known/openid-configuration"}, "not_encrypted"),
    ({"server_metadata_url": "login.example"}, "not_encrypted"),
    ({"client_id": None, "client_secret": None, "server_metadata_url": None}, "no_provider"),
    ({"my_own": {"client_id": "a", "client_secret": "b", "server_metadata_url": "https://c.example"}}, "bad_provider"),
])
def test_settings_that_make_no_safe_login_are_refused(changed, why):
    with pytest.raises(BadAccess) as refused:
        check_settings(settings(**changed), "numbers.example", 8501, encrypted=False)
    assert refused.value.why == why


def test_settings_that_make_a_login_pass():
    check_settings(settings(), "Numbers.example", 8501, encrypted=False)
    left_open, encrypted = "http://numbers.example:{port}/oauth2callback", "https://numbers.example/oauth2callback"
    check_settings(settings(redirect_uri=left_open), "numbers.example", 8501, encrypted=False)
    check_settings(settings(redirect_uri=encrypted), "numbers.example", 8501, encrypted=True)
    with pytest.raises(BadAccess):
        check_settings(settings(), "numbers.example", 8501, encrypted=True)


def test_the_example_of_the_documentation_passes_once_its_placeholders_are_replaced():
    text = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    for example in re.findall(r"```toml\n(.*?)```", text, re.DOTALL):
        told = tomllib.loads(example)
        with pytest.raises(BadAccess) as refused:
            check_settings(told, "numbers.example", 8501, encrypted=True)
        assert refused.value.why == "weak_secret"
        told["auth"]["cookie_secret"] = GOOD
        check_settings(told, "numbers.example", 8501, encrypted=True)


# All that a viewer is answered, typed by hand: a new question is either listed here or kept from viewers.
FOR_VIEWERS = """
answers_found cancel_requests choices churn_by_term churn_change churn_definitions claims cohorts comment_themes
comments currencies definition_bridge definition_nearest derivations early_loss extent farewell_numbers files forecast
heat_by_wait heat_endings leave_again leaving_by_cause lessons lifetime_value lit_up median_stay member_churn movements
mrr_bridge natural_return not_counted offers pauses_ended payment_recovery periods price_stated reason_incidence reasons
reasons_by_group reasons_by_wording reasons_over_time reconciliation renewal_churn request_means request_shares
request_times request_trend requests_told returning_reasons returns revenue_churn save_rates silence survey_response
survival theme_comments time_to_return todo_counts waiting whats_missing winback_by_offer winback_funnel winback_lift
winback_over_time winback_planner winback_reach winback_value worth_of_a_point
""".split()


def test_viewers_are_answered_these_questions_and_no_others():
    assert [name for name in names() if not lists_persons(name)] == FOR_VIEWERS


def test_no_answer_that_a_viewer_gets_names_anybody(the_sample):
    known = set(the_sample.ask("base_people")["name"]) - {None}
    assert len(known) > 500
    for name in FOR_VIEWERS:
        asked = for_viewer(Filters(uncovered="yes", masked="no", member="#1", themes=rules_of(built_in(), "en")))
        answer = without_persons(the_sample.ask(name, asked))
        assert not {"member", "name", "email", "first_name", "member_id"} & set(answer.columns), name
        values = {str(value) for column in answer.select_dtypes(["object", "str"]) for value in answer[column]}
        assert not values & known, name
        assert not [value for value in values if re.search(r"\w@\w", value)], name


def test_what_members_typed_as_a_reason_is_covered_for_viewers():
    typed = pd.DataFrame({"wording": ["Call 01632 960113 or anna@web.example", "Too dear"]})
    assert without_persons(typed)["wording"].tolist() == ["Call ••• or •••", "Too dear"]


def test_a_viewer_finds_nobody_by_looking_for_words():
    hostile = Filters(words="Miller", themes=("Who=*miller*",), uncovered="yes", member="#1", plan=("Lite",))
    assert for_viewer(hostile) == Filters(masked="yes", plan=("Lite",))


def test_only_one_place_asks_the_data_for_a_page():
    for path in [*(ROOT / "retention" / "ui").glob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"]:
        asked = re.findall(r"\bdata\.ask\(|\bwarehouse\.(?:ask|cursor)\b", path.read_text(encoding="utf-8"))
        assert not asked or path.name == "session.py", path.name


def start(folder: Path, *options: str, secrets: str = "") -> subprocess.CompletedProcess:
    (folder / ".streamlit").mkdir(exist_ok=True)
    (folder / ".streamlit" / "secrets.toml").write_text(secrets)
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from retention.__main__ import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, "serve", "--port", "0", *options], cwd=folder, capture_output=True, text=True,
        timeout=60, check=False,
    )


@pytest.mark.parametrize(("options", "secrets", "said"), [
    (["--host", "numbers.example", "--lang", "de"], "", "fehlt der Abschnitt [auth]"),
    (["--host", "numbers.example"], "[auth\n", "cannot be read as TOML"),
    (["--host", "numbers.example"], '[auth]\ncookie_secret = "xxx"\n[access]\nviewers = ["@firma.de"]\n',
     "at least 32 random characters"),
    (["--host", "numbers.example"],
     '[auth]\n[access]\nviewers = ["@firma.de"]\ntrust_unverified_addresses = "yes"\n',
     "trust_unverified_addresses must be true or false"),
    (["--behind-proxy"], "", "--behind-proxy also needs the name"),
])
def test_a_team_is_not_served_without_a_login_that_holds(tmp_path, options, secrets, said):
    done = start(tmp_path, *options, secrets=secrets)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
