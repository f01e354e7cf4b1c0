"""Where a file is too small for rates: said at once, before a percentage of one member is read as a result."""

from retention.intake.recognise.match import Recognised
from retention.model import Finding

FEW = 5  # members in a cohort
SMALL = 10  # members in a file


def small_findings(connection, found: Recognised, taken: int) -> list[Finding]:
    """Return the findings on a file with one row, or with cohorts that are too small to compare."""
    if found.form.kind != "subscriptions" or not 0 < taken <= 100 * SMALL:
        return []
    if taken == 1 and found.has("reasons", "comment"):
        severity = "doubtful" if found.has("comment") else "note"
        return [Finding("too_few", severity, None, (), 1, "n = 1")]
    sizes = sorted(row[0] for row in connection.execute(
        """select count(distinct member_id) from (select member_id, min(started_on) as first_day from staged
        where aside is null group by member_id) group by date_trunc('month', first_day) limit 1000"""
    ).fetchall())
    if sizes[-1] >= FEW or len(sizes) == 1:
        return []
    if sum(sizes) >= 3 * SMALL:
        return []
    uneven = sum(sizes) < SMALL and sizes[-1] > sizes[0] and sizes[len(sizes) // 2] == 1
    return [Finding("cohorts_small", "doubtful" if uneven else "note", None, (), len(sizes), str(sizes[-1]))]
