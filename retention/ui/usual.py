"""What the owner set on the page Settings, as it holds for every data set read from now on."""

from retention.data_settings import GRACE_DAYS, WEEK_STARTS, WINBACK_DAYS, Settings
from retention.intake.raw import ReadSettings
from retention.ui.kept import kept

NUMBERS = {"grace_days": GRACE_DAYS, "winback_days": WINBACK_DAYS, "fiscal_month": (1, 12)}


def usual_settings() -> Settings:
    """Days, weeks and years; what cannot be is the default."""
    told = {}
    for name, (least, most) in NUMBERS.items():
        value = kept(name)
        if isinstance(value, int) and least <= value <= most:
            told[name] = value
    week = kept("week_start")
    return Settings(**told, **({"week_start": week} if week in WEEK_STARTS else {}))


def usual_reading() -> ReadSettings:
    """The currency of files that tell none."""
    return ReadSettings(currency=kept("currency") or None)
