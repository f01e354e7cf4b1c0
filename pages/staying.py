"""How long they stay: the share of members still there after so many days, those still here counted as such."""

from retention.charts import survival
from retention.ui import open_page

page = open_page("staying")
page.choose("by")
page.show(survival, asks="survival", n="at_risk")
