"""Reasons: why did they leave, as far as they said so, and what does it cost?"""

from retention.figures import (
    comment_themes,
    price_stated,
    reason_bounds,
    reason_incidence,
    reason_lost_mrr,
    reason_shares,
    reasons_by_group,
    reasons_by_wording,
    reasons_over_time,
    silence,
    survey_response,
)
from retention.ui import open_page
from retention.ui.comments import edit_themes, search_comments, show_examples
from retention.ui.sections import sections

named = ("reason_people", "reason")
page = open_page("reasons")
page.need("answers")
page.choose("unit")
page.show(reason_shares, asks="reasons", n="answered", people=named)
for name in sections(page, ("time", "groups", "cost", "silence", "price", "comments", "members")):
    if name == "time":
        page.choose("level")
        page.show(
            reasons_over_time, asks="reasons_over_time", n="answered", people=(*named, "wording", "period_start")
        )
        page.show(reasons_by_wording, asks="reasons_by_wording", n="answered", people=(*named, "wording"))
    elif name == "groups":
        page.choose("grouped_by")
        page.show(
            reasons_by_group,
            asks="reasons_by_group",
            n="answered",
            people=("reason_group_people", "segment", "reason"),
        )
    elif name == "cost":
        page.show(reason_lost_mrr, asks="reasons", n="counted", people=named)
        page.show(reason_bounds, asks="reasons", n="counted", people=named)
    elif name == "silence":
        page.show(survey_response, asks="survey_response", n="leavers", people=("response_people", "period_start"))
        page.choose("grouped_by")
        page.show(silence, asks="silence", n="leavers", people=("silent_people", "segment"))
    elif name == "price":
        page.show(price_stated, asks="price_stated", n="answered", people=("price_people", "tenure", "price_plan"))
    elif name == "comments":
        fixed = search_comments(page)
        page.show(comment_themes, asks="comment_themes", n="of_all", people=("theme_comments", "theme"), **fixed)
        show_examples(page, fixed)
        edit_themes(page)
        page.list_rows("comments", **fixed)
    else:
        page.show(
            reason_incidence,
            asks="reason_incidence",
            n="at_risk",
            people=("incidence_people", "reason", "within_days"),
        )
