"""Why did churn change: do members behave differently, or are they other members than before?"""

from retention.figures import churn_change
from retention.ui import open_page
from retention.ui.ranges import choose_ranges

page = open_page("change")
choose_ranges(page)
page.choose("split")
page.show(churn_change, asks="churn_change", n="active_after", people=("change_people", "segment"))
