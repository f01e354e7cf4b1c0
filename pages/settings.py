"""Settings: what is kept on this computer, and what holds wherever it matters."""

from retention.ui import background, open_page
from retention.ui.settings import show_keeping, show_values

page = open_page("settings")
background.watch(page.texts)
show_keeping(page)
show_values(page)
