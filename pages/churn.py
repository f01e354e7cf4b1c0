"""Churn: is what happened last month signal or noise, and did the members go or the cards fail?"""

from retention.charts import churn_by_cause, member_churn
from retention.ui import open_page

page = open_page("churn")
page.show(member_churn, asks="member_churn", n="active")
page.show(churn_by_cause, asks="member_churn", n="active")
page.list_rows("churned_members")
