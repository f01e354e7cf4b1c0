"""Win-back: who comes back, and would they have come anyway?"""

from retention.figures import (
    leave_again,
    natural_return,
    returning_reasons,
    returns,
    survival,
    time_to_return,
    winback_by_offer,
    winback_funnel,
    winback_lift,
    winback_planner,
    winback_reach,
    winback_value,
)
from retention.ui import open_page
from retention.ui.planning import ask_hopes
from retention.ui.sections import sections

page = open_page("winback")
written = page.has("messages")
if written:
    page.show(winback_lift, asks="winback_lift", n="treated", people=("lift_people", "incentive"))
about_messages = ("offers", "reach", "value", "again", "reasons") if written else ()
for name in sections(page, ("natural", "planner", *about_messages)):
    if name == "natural":
        page.show(natural_return, asks="natural_return", n="at_risk", people=("natural_people", "day"))
        page.show(returns, asks="returns", n="observed", people=("return_people", "within_days"))
    elif name == "planner":
        ask_hopes(page)
        page.show(winback_planner, asks="winback_planner")
    elif name == "offers":
        page.choose("offered_by")
        page.show(winback_by_offer, asks="winback_by_offer", n="settled", people=("offer_people", "offer"))
        page.show(winback_funnel, asks="winback_funnel", n="sent", people=("funnel_people", "stage"))
        page.show(time_to_return, asks="time_to_return", n="returned", people=("returned_in_week", "week"))
        page.list_rows("winback_problems")
    elif name == "reach":
        page.choose("grouped_by")
        page.show(winback_reach, asks="winback_reach", n="leavers", people=("reach_people", "segment"))
    elif name == "value":
        page.show(winback_value, asks="winback_value", n="returned", people=("credited_people", "incentive"))
    elif name == "again":
        page.show(survival, asks="survival", n="at_risk", people=("staying_people", "segment", "day"), by="spell")
        page.show(
            leave_again, asks="leave_again", n="returned", people=("again_people", "incentive", "within_days")
        )
    else:
        page.show(
            returning_reasons,
            asks="returning_reasons",
            n="sent",
            people=("returning_people", "incentive", "reason"),
        )
