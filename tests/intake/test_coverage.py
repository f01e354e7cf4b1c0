"""Many exports hold only today's members: from which day on leavers are in the data is said, and passed on."""

from datetime import date

from retention.model import FileRequest, ReadSettings
from tests.intake.data_set import DataSet
from tests.intake.test_lists import GONE, HEADINGS, ROWS

STEADY = "email,plan_name,plan_monthly_amount_cents,subscription_period,subscription_state,subscribed_at,expires_at\n"
AS_OF = ReadSettings(as_of=date(2026, 11, 20))


def pmpro(*files, **told) -> DataSet:
    requests = {name: FileRequest(name, name, member_list=which) for name, which in told.items()}
    return DataSet(list(files), AS_OF, requests)


ACTIVE = ("members_list.csv", HEADINGS + "expires\n" + ROWS.replace("2026-05-10", "2026-12-10"))


def test_an_active_list_knows_leavers_only_from_its_own_day():
    data = DataSet([("members_list 2026-11-18.csv", ACTIVE[1])])
    assert data.reports[0].observed_from == date(2026, 11, 18)
    assert data.finding("only_today").example == "2026-11-18"
    assert data.finding("only_today").severity == "doubtful"


def test_a_list_of_old_members_beside_it_lights_the_past_up():
    data = pmpro(ACTIVE, ("old.csv", HEADINGS + "ended\n" + GONE))
    assert [report.observed_from for report in data.reports] == [None, None]
    assert "only_today" not in [finding.code for finding in data.reports[0].findings]


def test_a_list_of_old_members_alone_has_no_rates():
    assert "only_left" in pmpro(("old.csv", HEADINGS + "ended\n" + GONE)).codes("doubtful")


def test_two_active_lists_know_leavers_from_the_older_ones_day():
    data = pmpro(("members_list 2026-09-01.csv", HEADINGS + "expires\n" + ROWS.replace("2026-05-10", "2026-12-10")),
                 ("members_list 2026-11-18.csv", ACTIVE[1]))
    assert [report.observed_from for report in data.reports] == [date(2026, 9, 1)] * 2


def test_steady_says_so_only_when_nobody_in_it_has_left():
    here = "a@x.org,Club,500,monthly,active,2026-01-10,2026-12-10\n"
    gone = "b@x.org,Club,500,monthly,cancelled,2026-01-10,2026-05-10\n"
    assert DataSet([("s.csv", STEADY + here)], AS_OF).reports[0].observed_from == date(2026, 11, 20)
    assert DataSet([("s.csv", STEADY + here + gone)], AS_OF).reports[0].observed_from is None


def test_a_ghost_list_holds_todays_members(shared):
    assert DataSet([shared / "exports/ghost_members.csv"]).reports[0].observed_from == date(2026, 11, 5)


def test_an_owners_table_with_ends_tells_everything_and_one_without_says_what_it_cannot_tell():
    whole = DataSet([("m.csv", "email,start,end\na@x.org,2025-01-10,\n")])
    assert whole.reports[0].observed_from is None
    bare = DataSet([("m.csv", "email,start\na@x.org,2025-01-10\n")])
    assert bare.reports[0].observed_from == date(2025, 1, 10)
    assert bare.finding("only_today").severity == "note"


def test_it_reaches_the_answers(tmp_path):
    from retention.dataset import build

    path = tmp_path / "members_list 2026-11-18.csv"
    path.write_text(ACTIVE[1])
    data = build([FileRequest(path.name, str(path))])
    assert data.ask("extent").observed_from.dt.date.tolist() == [date(2026, 11, 18)]
    data.forget()


def test_a_survey_newer_than_the_members_does_not_move_the_day_of_the_data(tmp_path):
    from retention.dataset import build

    (tmp_path / "m.csv").write_text("email,start,end\na@x.org,2025-01-10,2025-06-30\nb@x.org,2025-01-10,\n")
    (tmp_path / "s.csv").write_text("email,answered_at,reason\na@x.org,2025-12-24,price\n")
    data = build([FileRequest(name, str(tmp_path / name)) for name in ("m.csv", "s.csv")])
    assert data.ask("extent").as_of.dt.date.tolist() == [date(2025, 6, 30)]
    data.forget()
