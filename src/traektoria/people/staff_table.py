"""The table of staff: what its rows say, and what writing them would change.

A person is found by e-mail or login, else by full name and school; namesakes at one school are reported, not guessed.
An empty cell leaves what is known as it is. Five queries whatever the size of the table.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from traektoria.core import school_year
from traektoria.core.text import search_key
from traektoria.organisations.imports import FactChange, Fate, Plan, PlannedRow
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.sheets import (
    CellProblem,
    RecognisedTable,
    RowPlace,
    SheetRow,
    missing_cells,
)
from traektoria.people import spelling, vocabulary
from traektoria.people.enums import SCHOOL_ROLES, Category, Gender, Role, Subject
from traektoria.people.models import Account, Employment, Person, RoleAssignment, TaughtClass
from traektoria.people.queries import not_over, people_now
from traektoria.people.staff_rows import COLUMNS, NOT_IN_TABLES, StaffFacts, StaffRowReader
from traektoria.people.vocabulary import Class

_VACANT = re.compile(r"вакан(сия|тно|т|тная должность)|ставка свободна|нет (учителя|специалиста)")


@dataclass(frozen=True)
class _Known:
    """What the database holds about the people of a table."""

    by_key: dict[tuple[str, int], list[Person]]
    by_name: dict[str, list[Person]]
    by_sign: Mapping[str, Account]


def plan_staff(table: RecognisedTable, centre: TutorCentre) -> Plan:
    """Compare rows with the people of the centre's schools."""
    vacant = [row for row in table.rows if _is_vacant(row)]
    table = replace(table, rows=tuple(row for row in table.rows if not _is_vacant(row)))
    problems = missing_cells(table, COLUMNS)
    reader = StaffRowReader(centre, problems)
    rows = [(row.number, facts) for row in table.rows if (facts := reader.read(row))]
    known = _known([facts for _number, facts in rows], centre)
    times = Counter(facts.key for _number, facts in rows)
    new: dict[object, RowPlace] = {}
    planned, notes, seen, signs = (
        [],
        list[str](),
        dict[tuple[str, int, str], RowPlace](),
        dict[str, tuple[RowPlace, str]](),
    )
    for number, facts in rows:
        problem = _repeated(number, facts, seen, signs) or _identity_problem(facts, known)
        if problem:
            problems.append(CellProblem(number, *problem))
            continue
        facts = replace(facts, alone=times[facts.key] == 1)
        person = _found(facts, known)
        if problem := _account_problem(facts, person):
            problems.append(CellProblem(number, *problem))
            continue
        earlier = _earlier(number, facts, new) if person is None else None
        if person is None and earlier is None and (elsewhere := known.by_name.get(facts.key[0])):
            notes.append(_namesake_note(number, facts, elsewhere[0]))
        planned.append(_planned(number, facts, person, earlier))
    planned.sort(key=lambda row: not row.facts.login)
    said = (*_vacant_notes(vacant), *_year_notes(rows, reader), *_subject_notes(reader.unknown_subjects), *notes[:20])
    return Plan(tuple(planned), tuple(problems), said)


def _is_vacant(row: SheetRow) -> bool:
    name = " ".join(row.cells.get(key, "") for key in ("surname", "given", "patronymic")).strip(" -–—.")
    return _VACANT.fullmatch(search_key(name)) is not None


def _vacant_notes(rows: list[SheetRow]) -> list[str]:
    return [_("Row %(row)s is a vacancy and no person: it is left out.") % {"row": row.number} for row in rows[:20]]


def _year_notes(rows: list[tuple[RowPlace, StaffFacts]], reader: StaffRowReader) -> list[str]:
    """In August, when «this year» may be either: which one the classes are of."""
    year = reader.coming_year
    if year == school_year.this_year() or not any(facts.classes and facts.start_year == year for _place, facts in rows):
        return []
    title = next(column.title for column in COLUMNS if column.key == "year")
    note = _("Classes are written for the school year %(year)s. Another year is named in the column «%(title)s».")
    return [note % {"year": school_year.label(year), "title": title}]


def _known(rows: list[StaffFacts], centre: TutorCentre) -> _Known:
    years = {facts.start_year for facts in rows}
    emails = [facts.email for facts in rows if facts.email]
    logins = [facts.login.lower() for facts in rows if facts.login]
    accounts = Account.objects.annotate(small=Lower("username"), address=Lower("email"))
    accounts = accounts.filter(Q(address__in=emails) | Q(small__in=logins)).select_related("person")
    by_sign = {sign: one for one in accounts for sign in (one.email.lower(), one.username.lower()) if sign}
    wanted = Q(search_name__in={facts.key[0] for facts in rows}) | Q(account__in=[one.pk for one in by_sign.values()])
    work = Employment.objects.filter(end=None, school__in=centre.schools()).select_related("school").prefetch_related(
        Prefetch("classes", TaughtClass.objects.filter(year__start_year__in=years).select_related("year"))
    )  # fmt: skip
    roles = RoleAssignment.objects.filter(not_over())
    people = people_now(centres=[centre.pk]).filter(wanted).distinct().select_related("account").prefetch_related(
        Prefetch("employments", work, to_attr="work"), Prefetch("roles", roles, to_attr="roles_all")
    )  # fmt: skip
    by_key: dict[tuple[str, int], list[Person]] = {}
    by_name: dict[str, list[Person]] = {}
    for person in people:
        every = person.roles_all
        person.roles_now = [  # type: ignore[attr-defined]
            role for role in every if role.centre_id == centre.pk and role.end is None
        ]
        person.is_kept_elsewhere = any(role.centre_id != centre.pk for role in every)  # type: ignore[attr-defined]
        by_name.setdefault(person.search_name, []).append(person)
        for school_id in {employment.school_id for employment in person.work}:
            by_key.setdefault((person.search_name, school_id), []).append(person)
    return _Known(by_key, by_name, by_sign)


def _repeated(
    number: RowPlace,
    facts: StaffFacts,
    seen: dict[tuple[str, int, str], RowPlace],
    signs: dict[str, tuple[RowPlace, str]],
) -> tuple[str, str] | None:
    first = seen.setdefault((*facts.key, search_key(facts.position)), number)
    if first != number:
        return "surname", _("the same person and position as in row %(row)s, leave one") % {"row": first}
    for key, sign in (("email", facts.email), ("login", facts.login.lower())):
        owner, name = signs.setdefault(sign, (number, facts.key[0])) if sign else (number, facts.key[0])
        if name != facts.key[0]:
            return key, _("row %(row)s has the same one, it belongs to one person") % {"row": owner}
    return None


def _account_problem(facts: StaffFacts, person: Person | None) -> tuple[str, str] | None:
    """A login or e-mail of an account that another centre has a say in."""
    account = getattr(person, "account", None)
    if person is None or account is None or not person.is_kept_elsewhere:  # type: ignore[attr-defined]
        return None
    for key, typed, known in (("login", facts.login, account.username), ("email", facts.email, account.email)):
        if typed and typed != known:
            return key, _("this person also works in another centre, their account is kept by the administrator")
    return None


def _identity_problem(facts: StaffFacts, known: _Known) -> tuple[str, str] | None:
    """Somebody else's e-mail or login, or several namesakes at the school."""
    people = {person.pk: person for found in known.by_name.values() for person in found}
    for key, sign in (("email", facts.email), ("login", facts.login.lower())):
        account = known.by_sign.get(sign)
        if account and account.person_id not in people:
            return key, _("somebody outside the centre uses it already, check it")
        if account and account.person and account.person.search_name != facts.key[0]:
            return key, _("it belongs to another person: %(name)s") % {"name": account.person.short_name}
    if not _by_sign(facts, known) and len(known.by_key.get(facts.key, ())) > 1:
        return "surname", _("there are namesakes at this school, add the e-mail or change them by hand")
    return None


def _by_sign(facts: StaffFacts, known: _Known) -> Account | None:
    return known.by_sign.get(facts.email) or known.by_sign.get(facts.login.lower())


def _found(facts: StaffFacts, known: _Known) -> Person | None:
    account = _by_sign(facts, known)
    if account:
        return next(person for person in known.by_name[facts.key[0]] if person.pk == account.person_id)
    return next(iter(known.by_key.get(facts.key, ())), None)


def _namesake_note(number: RowPlace, facts: StaffFacts, other: Person) -> str:
    school = next((employment.school.name for employment in other.work), "–")  # type: ignore[attr-defined]
    sentence = _(
        "Row %(row)s: %(name)s will be a new person. There is a namesake at %(school)s; if it is the same person,"
    )
    return (sentence + " " + _("add a place of work in their card instead.")) % {
        "row": number, "name": facts.full_name, "school": school,
    }  # fmt: skip


def _subject_notes(unknown: Counter[str]) -> tuple[str, ...]:
    if not unknown:
        return ()
    listed = ", ".join(f"«{name}»" for name in sorted(unknown)[:12])
    return (
        _("No pupils' results come in for these subjects, they stay in the position only: %(list)s.")
        % {"list": listed},
    )


def employment_of(person: Person, facts: StaffFacts, work: list[Employment]) -> Employment | None:
    """The work that a row speaks of: of the same position, or the only one at the school when the row is too."""
    here = [employment for employment in work if employment.school_id == facts.school.pk and employment.end is None]
    same = [one for one in here if search_key(one.position) == search_key(facts.position)]
    return same[0] if same else here[0] if facts.alone and len(here) == 1 else None


def _earlier(number: RowPlace, facts: StaffFacts, new: dict[object, RowPlace]) -> RowPlace | None:
    """The row that adds the person of this one: the same address or login, or the same name at the same school."""
    signs = [sign for sign in (facts.email, facts.login.lower(), facts.key) if sign]
    first = next((new[sign] for sign in signs if sign in new), None)
    for sign in signs:
        new.setdefault(sign, first or number)
    return first


def _planned(number: RowPlace, facts: StaffFacts, person: Person | None, earlier: RowPlace | None) -> PlannedRow:
    if person is None and earlier is None:
        return PlannedRow(number, facts.full_name, facts.school.name, Fate.ADDED, facts)
    if person is None:
        work = FactChange(_("place of work"), "–", f"{facts.position}, {facts.school.name}")
        return PlannedRow(number, facts.full_name, facts.school.name, Fate.CHANGED, facts, (work,))
    changes = tuple(_changes(facts, person))
    fate = Fate.CHANGED if changes else Fate.SAME
    return PlannedRow(number, facts.full_name, facts.school.name, fate, facts, changes)


def _changes(facts: StaffFacts, person: Person) -> list[FactChange]:
    found: list[FactChange] = []

    def compare(label: str, before: str, after: str) -> None:
        if before != after:
            found.append(FactChange(label, before or "–", after or "–"))

    if facts.gender:
        compare(_("gender"), _label(Gender, person.gender), _label(Gender, facts.gender))
    compare(_("name of the person"), person.full_name, spelling.full(facts.names_for(person)))
    work = employment_of(person, facts, person.work)  # type: ignore[attr-defined]
    compare(_("school"), work.school.name if work else "", facts.school.name)
    compare(_("position"), work.position if work else "", facts.position)
    if facts.category is not None:
        compare(_("category"), _label(Category, work.category if work else ""), _label(Category, facts.category))
    if facts.since is not None:
        compare(_("teaching since"), _day(work.experience_from if work else None), _day(facts.since))
    if facts.subjects is not None:
        compare(_("subjects"), _subjects(work.subjects if work else []), _subjects(facts.subjects))
    if facts.classes is not None:
        before = frozenset(taught_in(work, facts.start_year)) if work else frozenset[Class]()
        compare(_("classes"), in_words(before), in_words(facts.classes))
    have = {(role.role, role.school_id) for role in person.roles_now}  # type: ignore[attr-defined]
    for role in facts.roles:
        if (role, facts.school.pk if role in SCHOOL_ROLES else None) not in have:
            compare(_("role"), "", str(Role(role).label))
    account = getattr(person, "account", None)
    if facts.email:
        compare(_("e-mail"), account.email if account else "", facts.email)
    if facts.login:
        compare(_("login"), account.username if account else "", facts.login)
    return found


def taught_in(work: Employment, start_year: int) -> set[Class]:
    """Classes of one school year, from prefetched rows."""
    return {(row.subject, row.grade, row.letter) for row in work.classes.all() if row.year.start_year == start_year}


def in_words(classes: frozenset[Class]) -> str:
    return vocabulary.classes_in_words(classes, {subject.value: str(subject.label) for subject in Subject})


def _label(choices: type[Gender] | type[Category], value: str) -> str:
    return str(choices(value).label) if value else ""


def _subjects(slugs: list[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(str(Subject(slug).label) for slug in slugs))


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def export_rows(
    people: QuerySet[Person], centre: TutorCentre, each: Callable[[Iterable[Person]], Iterable[Person]] = iter
) -> list[list[str]]:
    """Staff in the columns of the template, a row for each place of work; classes of the current school year. ``each``
    hears how far it is."""
    start_year = school_year.this_year()
    year = school_year.label(start_year)
    work = Employment.objects.filter(end=None, school__in=centre.schools()).select_related("school")
    work = work.prefetch_related(
        Prefetch("classes", TaughtClass.objects.filter(year__start_year=start_year).select_related("year"))
    )
    roles = RoleAssignment.objects.filter(centre=centre, end=None)
    people = people.select_related("account").prefetch_related(
        Prefetch("employments", work, to_attr="work"), Prefetch("roles", roles, to_attr="roles_now")
    )
    found = each(people.iterator(chunk_size=500))
    return [_export_row(person, one, start_year, year) for person in found for one in person.work]  # type: ignore[attr-defined]


def _export_row(person: Person, work: Employment, start_year: int, year: str) -> list[str]:
    account = getattr(person, "account", None)
    roles = [role for role in person.roles_now if role.school_id in {None, work.school_id}]  # type: ignore[attr-defined]
    return [
        person.surname,
        person.given,
        person.patronymic,
        vocabulary.word_for("gender", person.gender) if person.gender else "",
        work.school.name,
        work.position,
        ", ".join(vocabulary.word_for("subject", slug) for slug in work.subjects),
        vocabulary.classes_in_words(frozenset(taught_in(work, start_year)), vocabulary.subject_words()),
        vocabulary.word_for("category", work.category),
        _day(work.experience_from),
        account.email if account else "",
        account.username if account else "",
        ", ".join(vocabulary.word_for("role", role.role) for role in roles if role.role not in NOT_IN_TABLES),
        year,
    ]
