"""The currency of amounts in a file that has no column for it: the sign or code that stands beside each amount."""

from retention.intake.columns.column_value import noticed
from retention.intake.sql import text, trimmed
from retention.model import Finding, ReadSettings

# What tells an amount's currency without doubt; the bare dollar is that of several countries.
SIGNS = {
    "EUR": r"€|(?i)\beuro?\b", "GBP": r"£|(?i)\bgbp\b", "CHF": r"(?i)\b(chf|sfr)\b", "AUD": r"(?i)\b(au?\$|aud\b)",
    "CAD": r"(?i)\b(ca?\$|cad\b)", "NZD": r"(?i)\b(nz\$|nzd\b)", "USD": r"(?i)\b(us\s?\$|usd\b)",
    "SEK": r"(?i)\bsek\b", "NOK": r"(?i)\bnok\b", "DKK": r"(?i)\bdkk\b", "PLN": r"(?i)\bpln\b|zł",
    "CZK": r"(?i)\bczk\b|Kč", "HUF": r"(?i)\bhuf\b", "JPY": r"¥|(?i)\bjpy\b",
}
DOLLAR = "USD"


def decide(
    connection, table: str, column: str, heading: str, settings: ReadSettings
) -> tuple[str, list[Finding]] | None:
    """The currency of each amount as SQL, and what is to be said of it; None where no sign stands anywhere."""
    value = trimmed(column)
    different = f"select distinct {_told('v', '$')} as c from (select distinct {value} as v from {table})"
    found = sorted(row[0] for row in connection.execute(different).fetchall() if row[0])
    if not found:
        return None
    said = []
    if "$" in found and not settings.currency:
        bare = f"{_told(value, '$')} = '$'"
        said.append(noticed(connection, table, bare, "currency_from_dollar", "note", heading, value))
    if len(found) > 1:
        signed = f"{_told(value, '$')} is not null"
        said.append(noticed(connection, table, signed, "currencies_mixed", "doubtful", heading, value))
    return _told(value, settings.currency or DOLLAR), said


def _told(value: str, dollar: str) -> str:
    """The code that a cell tells; a bare $ is `dollar`."""
    signs = " ".join(f"when regexp_matches({value}, {text(sign)}) then '{code}'" for code, sign in SIGNS.items())
    return f"case {signs} when contains({value}, '$') then {text(dollar)} end"
