"""Meeting: the figures taken along, in order and in the team's words; shown to the room, or taken home as a file."""

from retention.ui import open_page
from retention.ui.meeting import present
from retention.ui.preparing import prepare
from retention.ui.slides import presenting

step = presenting()
page = open_page("meeting", plain=step is not None)
if step is None:
    prepare(page)
else:
    present(page, step)
