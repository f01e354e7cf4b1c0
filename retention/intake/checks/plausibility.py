"""Traps that owners step into: one page for the whole list, rows that are sums, accounts that only tried things out."""

from retention.intake.columns.column_context import Reading
from retention.intake.columns.column_value import noticed
from retention.intake.recognise.match import Recognised
from retention.intake.sql import text, texts
from retention.model import Finding, RawTable

TOTALS = ("total", "totals", "grand total", "sum", "subtotal", "summe", "gesamt", "gesamtsumme", "insgesamt",
          "zwischensumme")
UNUSABLE = ("member_missing", "email_malformed", "start_missing", "moment_missing")
LEADING = 5  # columns in which the word for a sum may stand
SHEET_LIMITS = (65_535, 1_048_575)  # rows below the headings of an old and a new Excel sheet
TRIAL_LOCAL_PART = r"^(test(er|user|account|konto)?[0-9]*|[^@]*\+test[0-9]*)@"
TRIAL_NAMES = ("test", "test test", "test user", "testuser", "test account", "testkonto", "tester")


def count_findings(found: Recognised, raw: RawTable) -> list[Finding]:
    """Doubt a file that ends exactly where a page of the list does; mention other round numbers of rows."""
    rows = raw.rows_read
    if rows in found.form.options.get("page_rows", ()):
        return [Finding("page_only", "doubtful", None, (), rows, str(rows))]
    if rows in SHEET_LIMITS or (rows >= 50 and str(rows).rstrip("0") in ("1", "2", "25", "5")):
        return [Finding("round_count", "note", None, (), rows)]
    return []


def mark_totals(reading: Reading) -> None:
    """Set aside the rows of a file that add up the others: a word for a sum first, and nobody whom it is about."""
    nobody = f"select source_row from staged where aside in ({texts(UNUSABLE)})"
    if reading.found.has("own_id"):  # the word for a sum may be read as an id
        nobody += f" or lower(rtrim(own_id, ' :')) in ({texts(TOTALS)})"
    if not reading.connection.execute(f"{nobody} limit 1").fetchone():
        return
    cells = [reading.cell(place) for place in range(min(LEADING, len(reading.raw.columns)))]
    sums = " or ".join(f"lower(rtrim(trim({cell}), ' :')) in ({texts(TOTALS)})" for cell in cells)
    reading.connection.execute(
        f"""update staged_rows set aside = 'totals_row' where source_row in ({nobody})
        and source_row in (select source_row from {reading.raw.table} where {sums})"""
    )


def trial_accounts(reading: Reading) -> list[Finding]:
    """Doubt accounts that look like the owner's own trials; they are kept, as nothing proves it."""
    tried = []
    if reading.found.has("email"):
        likely = "(starts_with(email, 'test') or contains(email, '+test'))"
        tried.append(f"({likely} and regexp_matches(email, {text(TRIAL_LOCAL_PART)}))")
    if reading.found.has("name"):
        tried.append(f"lower(name) in ({texts(TRIAL_NAMES)})")
    if reading.found.has("first_name"):
        whole = "lower(trim(concat_ws(' ', first_name, last_name)))"
        tried.append(f"{whole} in ({texts(TRIAL_NAMES)})")
    if not tried:
        return []
    condition = f"aside is null and ({' or '.join(tried)})"
    found = noticed(reading.connection, "staged", condition, "trial_accounts", "doubtful", None, None)
    return [found] if found else []
