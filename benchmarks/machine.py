"""Says on what, when and with which versions something was measured."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

PACKAGES = ("duckdb", "pandas", "numpy", "lifelines", "streamlit", "plotly", "playwright")


def described() -> list[str]:
    """Lines of Markdown: machine, load, date, versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}; load average at the end {os.getloadavg()[0]:.1f}",
        f"- Python {platform.python_version()}, {versions}",
    ]


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
