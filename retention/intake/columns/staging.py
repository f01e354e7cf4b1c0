"""A recognised text table becomes one typed table `staged`: columns read, rules applied, unusable rows marked."""

from datetime import date, timedelta

from retention.intake import sql
from retention.intake.columns.cells import DATED, READERS, UNSEEN, wide
from retention.intake.columns.column_context import Reading
from retention.intake.columns.column_value import Typed
from retention.intake.columns.date_shapes import DateColumn, look
from retention.intake.columns.list_type import OF_FILE
from retention.intake.recognise.format_files import Column
from retention.intake.recognise.kinds import KINDS, Kind
from retention.model import Finding

EMPTY = {"whole": "integer", "flag": "boolean", "cut": "boolean", "number": "double", "price": "double"}
EMAIL = r"^[^\s@\"(),:;<>\[\]\\\x00-\x1f\x7f]+@[^\s@\"'(),:;<>\[\]\\\x00-\x1f]+\.[^\s@\"'(),:;<>\[\]\\.\x00-\x1f]+$"


def stage(reading: Reading) -> list[Finding]:
    """Create `staged` from the text table and return what was noticed in single columns."""
    kind = KINDS[reading.found.form.kind]
    typed = _read_columns(reading)
    findings = [finding for one in typed.values() for finding in one.findings]
    if any(finding.severity == "refused" for finding in findings):
        return findings
    inner = _with_rules(reading, kind, _columns_sql(reading, kind, typed))
    _store(reading, kind, typed, _marked(kind, inner))
    _keep_originals(reading, typed)
    return findings


def _store(reading: Reading, kind: Kind, typed: dict[str, Typed], marked: str) -> None:
    """Store only what the file holds; `staged` shows the other columns of the kind as empty."""
    held = {*typed, *(rule["set"] for rule in reading.found.form.rules)}
    held.update(name for one in typed.values() for name in one.stands_for)
    stored = [*sorted(held), "member_id", "unseen", "aside"]
    empty = [f"cast(null as {type_}) as {sql.name(name)}" for name, type_ in kind.columns.items() if name not in held]
    columns = ", ".join(sql.name(name) for name in stored)
    stored_rows = f"select source_row, {columns} from ({marked})"
    shown = f"select {', '.join(['*', *empty])} from staged_rows"
    reading.connection.execute(f"create or replace temporary table staged_rows as {stored_rows}")
    reading.connection.execute(f"create or replace temporary view staged as {shown}")


def _read_columns(reading: Reading) -> dict[str, Typed]:
    form = reading.found.form
    for column in form.columns:
        for place in reading.found.places.get(column.name, ()):
            if column.parse in DATED and place not in reading.dated:
                empties = (*form.options.get("empty", ()), *column.options.get("empty", ()))
                reading.dated[place] = DateColumn(reading.cell(place), reading.heading(place), empties)
    look(reading.connection, reading.raw.table, list(reading.dated.values()))
    return {column.name: _read(reading, column) for column in form.columns if _given(reading, column)}


def _given(reading: Reading, column: Column) -> bool:
    return column.name in reading.found.places or "value" in column.options or column.parse in OF_FILE


def _read(reading: Reading, column: Column) -> Typed:
    if "value" in column.options:
        return Typed(sql.literal(column.options["value"]))
    if column.parse in OF_FILE:
        return Typed(sql.literal(OF_FILE[column.parse](reading)))
    places = reading.found.places[column.name]
    read = [READERS[column.parse](reading, column, place) for place in places]
    if len(read) == 1:
        return read[0]
    joined = f"nullif(concat_ws('; ', {', '.join(one.sql for one in read)}), '')"
    return Typed(joined, [finding for one in read for finding in one.findings])


def _columns_sql(reading: Reading, kind: Kind, typed: dict[str, Typed]) -> str:
    told = {name: one.sql for name, one in typed.items()}
    for one in typed.values():
        told.update(one.stands_for)
    for column in reading.found.form.columns:  # a rule may ask for a column that this export lacks
        if column.name not in kind.columns:
            told.setdefault(column.name, f"cast(null as {EMPTY.get(column.parse, 'varchar')})")
    whole = {name: f"cast({told.pop(name, 'null')} as {type_})" for name, type_ in kind.columns.items()}
    parts = [f"{expression} as {sql.name(name)}" for name, expression in {**whole, **told}.items()]
    unseen = " or ".join(
        f"case when {wide(reading.cell(place))} then regexp_matches({reading.cell(place)}, {sql.text(UNSEEN)}) "
        "else false end"
        for name in ("email", "own_id", "plan")
        for place in reading.found.places.get(name, ())
    )
    return f"select source_row, {', '.join(parts)}, {unseen or 'false'} as unseen from {reading.raw.table}"


def _with_rules(reading: Reading, kind: Kind, inner: str) -> str:
    """Wrap the select once per rule of the format: each sees what the rules before it set."""
    for rule in reading.found.form.rules:
        met = " and ".join(_condition(*condition) for condition in rule["when"])
        target = sql.name(rule["set"])
        value = sql.name(rule["from"]) if "from" in rule else sql.literal(rule.get("to"))
        type_ = kind.columns[rule["set"]]
        told = f"cast(case when {met} then {value} else {target} end as {type_})"
        inner = f"select * replace ({told} as {target}) from ({inner})"
    return inner


def _condition(column: str, test: str, value: object = None) -> str:
    name = sql.name(column)
    tests = {
        "given": f"{name} is not null",
        "empty": f"{name} is null",
        "is": f"coalesce({name} = {sql.literal(value)}, false)",
        "is_not": f"coalesce({name} <> {sql.literal(value)}, true)",
        "above": f"coalesce({name} > {sql.literal(value)}, false)",
    }
    if test == "in":
        return f"coalesce({name} in ({sql.texts(value)}), false)"
    if test == "matches":
        return f"coalesce(regexp_matches({name}, {sql.text(str(value))}), false)"
    if test == "before":
        return f"coalesce(cast({name} as date) < cast({sql.name(str(value))} as date), false)"
    return tests[test]


def _marked(kind: Kind, inner: str) -> str:
    """Add who the row is about, and why it cannot be used, if so."""
    tomorrow = date.today() + timedelta(days=1)
    good = f"regexp_matches(email, {sql.text(EMAIL)})"
    required = kind.required
    cases = ["when left_out is not null then 'left_out'", "when email is null and own_id is null then 'member_missing'"]
    cases.append("when member_id is null then 'email_malformed'")
    if required:
        cases.append(f"when {required} is null then '{kind.missing}'")
        cases.append(f"when cast({required} as date) > date '{tomorrow}' then 'date_future'")
    if "end_given" in kind.columns:
        cases.append("when end_given < started_on then 'end_before_start'")
    return f"""select *, cast(case {' '.join(cases)} end as varchar) as aside
        from (select *, coalesce(case when {good} then email end, own_id) as member_id from ({inner}))"""


def _keep_originals(reading: Reading, typed: dict[str, Typed]) -> None:
    for name, one in typed.items():
        places = reading.found.places.get(name, ())
        if one.changed and len(places) == 1:
            cell = reading.cell(places[0])
            reading.connection.execute(
                f"""insert into originals select $import_id, source_row, $heading, left({cell}, 1000)
                from {reading.raw.table} where {one.changed}""",
                {"import_id": reading.import_id, "heading": reading.heading(places[0])},
            )
