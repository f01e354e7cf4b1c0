"""Win-back: who comes back, and would they have come anyway?"""

from retention.charts import natural_return, winback_by_incentive, winback_funnel, winback_lift
from retention.ui import open_page

page = open_page("winback")
if page.has("messages"):
    page.show(winback_lift, asks="winback_lift", n="treated")
    page.show(winback_by_incentive, asks="winback_by_incentive", n="settled")
    page.show(winback_funnel, asks="winback_funnel", n="sent")
page.show(natural_return, asks="natural_return", n="at_risk")
