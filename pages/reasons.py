"""Reasons: why did they leave, as far as they said so, and what does it cost?"""

from retention.charts import reason_lost_mrr, reason_shares, reasons_by_plan, reasons_over_time
from retention.ui import open_page

page = open_page("reasons")
page.need("answers")
page.choose("unit")
page.show(reason_shares, asks="reasons", n="answered")
page.show(reason_lost_mrr, asks="reasons", n="counted")
page.show(reasons_by_plan, asks="reasons_by_plan", n="answered")
page.show(reasons_over_time, asks="reasons_over_time", n="answered")
page.list_rows("reasons_by_wording")
