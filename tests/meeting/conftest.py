"""The charts' own answers, for meetings."""

from tests.charts.conftest import *  # noqa: F403
