"""How long they stay: survival, causes, cohorts, worth, and who will still be there in a year."""

from retention.figures import (
    cohort_months,
    cohort_previous,
    cohort_revenue,
    cohort_share,
    forecast,
    leaving_by_cause,
    lifetime_value,
    median_stay,
    survival,
    worth_of_a_point,
)
from retention.ui import open_page
from retention.ui.ranges import choose_points
from retention.ui.sections import sections

MEASURES = {
    "share": cohort_share, "previous": cohort_previous, "revenue": cohort_revenue, "over_time": cohort_months,
}

BASE = ("base_people", "months_ahead")  # everybody of today, whichever month is looked at

page = open_page("staying")
for section in sections(page, ("curve", "by_cause", "cohorts", "value", "ahead")):
    if section == "curve":
        page.choose("by")
        page.show(survival, asks="survival", n="at_risk", people=("staying_people", "segment", "day"))
        page.show(median_stay, asks="median_stay", n="spells", people=("staying_people", "segment"))
    elif section == "by_cause":
        page.show(leaving_by_cause, asks="leaving_by_cause", n="at_risk", people=("gone_by_cause", "cause", "day"))
    elif section == "cohorts":
        for measure in sections(page, tuple(MEASURES), within="_cohorts"):
            page.show(MEASURES[measure], asks="cohorts", n="size", people=("cohort_members", "cohort", "age"))
    elif section == "value":
        page.show(lifetime_value, asks="lifetime_value", n="spells", people=("staying_people", "segment"), by="plan")
    else:
        page.show(forecast, asks="forecast", n="base", people=BASE)
        choose_points(page)
        page.show(worth_of_a_point, asks="worth_of_a_point", people=BASE)
