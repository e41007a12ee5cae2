"""The table of schools: what its rows say, and what writing them would change."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from traektoria.core.text import search_key
from traektoria.organisations.imports import FactChange, Fate, Plan, PlannedRow
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.sheets import CellProblem, RecognisedTable, RowPlace, SheetRow, columns_of, missing_cells

COLUMNS = columns_of(Path(__file__).parent / "data" / "school_columns.csv")
_DIGITS = re.compile(r"(?:[a-zа-яё]{2,4})?(\d{5,12})", re.IGNORECASE)


@dataclass(frozen=True)
class SchoolFacts:
    digits: str
    name: str
    full_name: str


def digits_of(text: str) -> str | None:
    """The digits that the school's logins share: «sch220901», «edu220901», «220901»."""
    found = _DIGITS.fullmatch(text.strip())
    return found.group(1) if found else None


def plan_schools(table: RecognisedTable, centre: TutorCentre) -> Plan:
    """Compare rows with the schools of the municipality: by digits. Two queries whatever the size."""
    problems = missing_cells(table, COLUMNS)
    rows = [(row, facts) for row in table.rows if (facts := _facts(row, problems))]
    known = {
        school.digits: school for school in School.objects.filter(digits__in=[facts.digits for _row, facts in rows])
    }
    names = {search_key(name): digits for name, digits in centre.schools().values_list("name", "digits")}
    planned, seen = [], dict[str, RowPlace]()
    for row, facts in rows:
        first = seen.setdefault(facts.digits, row.number)
        if first != row.number:
            problems.append(
                CellProblem(row.number, "digits", _("the same code as in row %(row)s, leave one") % {"row": first})
            )
            continue
        problem = _clash(facts, known.get(facts.digits), names, centre)
        if problem:
            problems.append(CellProblem(row.number, *problem))
            continue
        names[search_key(facts.name)] = facts.digits
        planned.append(_planned(row.number, facts, known.get(facts.digits)))
    return Plan(tuple(planned), tuple(problems))


def _facts(row: SheetRow, problems: list[CellProblem]) -> SchoolFacts | None:
    name, full_name = row.cells["name"], row.cells.get("full_name", "")
    digits = digits_of(row.cells["digits"])
    if row.cells["digits"] and not digits:
        sentence = _("«%(value)s» is not a code, write its digits, for example 220901") % {"value": row.cells["digits"]}
        problems.append(CellProblem(row.number, "digits", sentence))
    for key, text, limit in (("name", name, 200), ("full_name", full_name, 500)):
        if len(text) > limit:
            problems.append(CellProblem(row.number, key, _("too long, up to %(limit)s characters") % {"limit": limit}))
            return None
    return SchoolFacts(digits, name, full_name) if digits and name else None


def _clash(
    facts: SchoolFacts, school: School | None, names: dict[str, str], centre: TutorCentre
) -> tuple[str, str] | None:
    if school and school.municipality_id != centre.municipality_id:
        return "digits", _("a school of another municipality has this code, check it")
    if centre.school_id and (school is None or school.pk != centre.school_id):
        return "digits", _("this centre serves one school only, and this is another one")
    if names.get(search_key(facts.name), facts.digits) != facts.digits:
        return "name", _("another school is called so already, make the names different")
    return None


def _planned(number: RowPlace, facts: SchoolFacts, school: School | None) -> PlannedRow:
    if school is None:
        return PlannedRow(number, facts.name, facts.digits, Fate.ADDED, facts)
    changes = []
    if school.name != facts.name:
        changes.append(FactChange(_("short name"), school.name, facts.name))
    if facts.full_name and school.full_name != facts.full_name:
        changes.append(FactChange(_("full name"), school.full_name or "–", facts.full_name))
    return PlannedRow(number, facts.name, facts.digits, Fate.CHANGED if changes else Fate.SAME, facts, tuple(changes))
