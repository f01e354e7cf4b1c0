"""Whose export is this, and which heading holds what: by signature, by usual headings, or by hand."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from retention.intake.recognise.format_files import FOLDER, Column, Format, formats
from retention.intake.recognise.headings import find, find_all, normalised
from retention.model import Finding, RawTable

MEMBER = ("email", "own_id")
CANONICAL_TO_READ = {
    "member_id": "own_id", "email_norm": "email", "ended_on": "end_given", "access_until": "expires_on",
    "reason": "reasons", "cause": "cause_given", "cancelled_at": "end_given",
}

READ_TO_CANONICAL = {read: name for name, read in CANONICAL_TO_READ.items() if name != "cancelled_at"}
READ_TO_CANONICAL |= {"email": "member_id"}


@dataclass
class Recognised:
    """A format and the places of its columns in the file; `places` hold several for questions with many boxes."""

    form: Format
    places: dict[str, list[int]]
    findings: list[Finding] = field(default_factory=list)

    def column(self, name: str) -> Column:
        """Return what the format says on a column."""
        return next(column for column in self.form.columns if column.name == name)

    def has(self, *names: str) -> bool:
        """Tell whether the file holds at least one of the columns."""
        return any(name in self.places for name in names)


def recognise(
    raw: RawTable, mapping: dict[str, str] | None, kind: str | None, folder: Path = FOLDER
) -> Recognised | None:
    """Return the first format that fits the file, None where none does."""
    if mapping and kind:
        return _by_hand(raw, mapping, kind, folder)
    for form in formats(folder):
        if _signed(form, raw.headings):
            found = Recognised(form, places_of(form, raw.headings))
            if _fits(found):
                return _instead(found, raw)
    return None


def _signed(form: Format, headings: list[str]) -> bool:
    there = {normalised(heading) for heading in headings}
    first = form.signature.get("first")
    return (
        set(form.signature.get("required", ())) <= there
        and not set(form.signature.get("absent", ())) & there
        and there <= set(form.signature.get("only", there))
        and all(set(choice) & there for choice in form.signature.get("one_of", ()))
        and (first is None or normalised(headings[0]) == first)
    )


def places_of(form: Format, headings: list[str]) -> dict[str, list[int]]:
    """Return canonical column -> its places in the file, as far as headings tell."""
    places: dict[str, list[int]] = {}
    taken: set[int] = set()
    for column in form.columns:
        free = set() if column.options.get("shared") or not form.generic else taken
        if column.options.get("all"):
            found = find_all(column.headings, headings, taken)
        else:
            place = find(column.headings, headings, free)
            found = [] if place is None else [place]
        if found:
            places[column.name] = found
            taken.update(found)
    return places


def _fits(found: Recognised) -> bool:
    """Tell whether the columns that a kind needs are there, and those that speak against it are not."""
    signature = found.form.signature
    needs = [MEMBER if need == "member" else (need,) for need in signature.get("needs", ())]
    return (
        all(found.has(*need) for need in needs)
        and not found.has(*signature.get("without", ()))
        and (not signature.get("any") or found.has(*signature["any"]))
    )


def _instead(found: Recognised, raw: RawTable) -> Recognised:
    """Read one column as another where the better one is missing, and say so."""
    for rule in found.form.options.get("instead", ()):
        if rule["of"] not in found.places and rule["take"] in found.places:
            places = found.places.pop(rule["take"])
            found.places[rule["of"]] = places
            found.findings.append(Finding(rule["finding"], "note", raw.headings[places[0]]))
    return found


def _by_hand(raw: RawTable, mapping: dict[str, str], kind: str, folder: Path) -> Recognised | None:
    fitting = sorted((one for one in formats(folder) if one.kind == kind), key=lambda one: not one.generic)
    form = next((one for one in fitting if one.generic or one.system == "own"), None)
    if form is None:
        return None
    known = {normalised(heading): place for place, heading in enumerate(raw.headings)}
    named = {CANONICAL_TO_READ.get(name, name): normalised(heading) for name, heading in mapping.items() if heading}
    places = {name: [known[heading]] for name, heading in named.items() if heading in known}
    columns = {column.name for column in form.columns}
    return Recognised(replace(form, system="by_hand"), {name: at for name, at in places.items() if name in columns})
