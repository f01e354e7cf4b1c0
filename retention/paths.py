"""Where the parts of the project are on the disk."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DASHBOARD = ROOT / "dashboard.py"
QUERIES = ROOT / "queries"
SAMPLE = ROOT / "sample_data"
