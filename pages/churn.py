"""Churn: is what happened last month signal or noise, and did the members go, the money, or the cards?"""

from retention.figures import (
    cancel_requests,
    churn_by_cause,
    churn_by_term,
    early_loss,
    member_churn,
    mrr_bridge,
    payment_recovery,
    renewal_churn,
    revenue_churn,
)
from retention.ui import open_page
from retention.ui.choosing import choose_period, mark_steps
from retention.ui.restated import show_restated
from retention.ui.sections import sections

page = open_page("churn")
show_restated(page, with_people=True)
page.show(member_churn, asks="member_churn", n="active", people=("churned_members", "period_start"))
mark_steps(page)
for name in sections(page, ("cause", "requests", "revenue", "terms", "early", "payments")):
    if name == "cause":
        page.show(churn_by_cause, asks="member_churn", n="active", people=("churned_members", "period_start"))
        page.list_rows("churned_members")
    elif name == "requests":
        page.show(cancel_requests, asks="cancel_requests", n="active", people=("asking_people", "period_start"))
    elif name == "revenue":
        page.show(
            revenue_churn, asks="revenue_churn", n="active", needs="mrr_at_start",
            people=("revenue_people", "period_start"),
        )
        period = choose_period(page, with_range=True)
        page.show(
            mrr_bridge, asks="mrr_bridge", needs="amount", people=("movement_people", "movement"), period=period
        )
    elif name == "terms":
        page.show(
            churn_by_term, asks="churn_by_term", n="active", people=("churned_members", "period_start", "term")
        )
        page.show(renewal_churn, asks="renewal_churn", n="due", people=("renewal_people", "period_start"))
    elif name == "early":
        page.show(early_loss, asks="early_loss", n="observed", people=("newcomer_people", "period_start", "term"))
    else:
        page.show(
            payment_recovery, asks="payment_recovery", n="failed", people=("failed_people", "period_start")
        )
