"""Who may see what on a team's server: the allow-list, the check of the login's settings, what viewers may ask."""

from retention.access.allow_list import LOGGED_OUT, LOGIN, Access, BadAccess, standing
from retention.access.personal import for_viewer, is_about_persons, lists_persons, without_persons
from retention.access.settings import check_settings

__all__ = [
    "LOGGED_OUT", "LOGIN", "Access", "BadAccess", "check_settings", "for_viewer", "is_about_persons", "lists_persons",
    "standing", "without_persons",
]
