"""What the owner set on the page Settings, as it holds for every data set read from now on."""

from retention.data_settings import Settings
from retention.model import ReadSettings
from retention.ui.kept import kept

NAMES = ("grace_days", "winback_days", "fiscal_month", "week_start")


def usual_settings() -> Settings:
    """Days, weeks and years; what was not set, or cannot be, is the default."""
    values = {name: kept(name) for name in NAMES}
    return Settings(**{name: value for name, value in values.items() if value is not None})


def usual_reading() -> ReadSettings:
    """The currency of files that do not state one."""
    return ReadSettings(currency=kept("currency"))
