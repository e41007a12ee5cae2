"""The table of staff: what its rows say, and what writing them would change.

A person is found by e-mail or login, else by full name and school; namesakes at one school are reported, not guessed.
An empty cell leaves what is known as it is. Five queries whatever the size of the table.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.text import search_key
from traektoria.organisations.imports import Change, Fate, Plan, PlannedRow
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.school_table import digits_of
from traektoria.organisations.sheets import CellProblem, SheetRow, Table, columns_of, missing_cells
from traektoria.people import words
from traektoria.people.enums import SCHOOL_ROLES, Category, Gender, Role, Subject
from traektoria.people.models import Account, Employment, Person, RoleAssignment, TaughtClass
from traektoria.people.queries import current_school_year
from traektoria.people.words import Class, NotUnderstood

COLUMNS = columns_of(Path(__file__).parent / "data" / "staff_columns.csv")
NOT_IN_TABLES = frozenset({Role.ADMINISTRATOR, Role.COMMISSION_MEMBER})
"""Roles that no table gives: the first is appointed on the server, the second follows a seat in the commission."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LOGIN = re.compile(r"[\w.@+-]{3,150}")
_LIMITS = {"surname": 100, "given": 100, "patronymic": 100, "position": 150, "email": 254}


@dataclass(frozen=True)
class StaffFacts:
    """One row, understood. None means that the cell is empty: what is known stays. ``person_id`` is who was found."""

    surname: str
    given: str
    patronymic: str
    gender: str
    school: School
    position: str
    subjects: tuple[str, ...] | None
    classes: frozenset[Class] | None
    category: str | None
    since: date | None
    email: str
    login: str
    roles: tuple[str, ...]
    start_year: int
    alone: bool = True  # the only row of this person at this school

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.surname, self.given, self.patronymic]))

    @property
    def key(self) -> tuple[str, int]:
        return search_key(self.full_name), self.school.pk


class _Reader:
    """Reads rows one by one and gathers what is wrong with them."""

    def __init__(self, centre: TutorCentre, problems: list[CellProblem]) -> None:
        schools = list(centre.schools())
        self.by_digits = {school.digits: school for school in schools}
        self.by_name = {search_key(school.name): school for school in schools}
        self.problems = problems
        self.unknown_subjects: Counter[str] = Counter()
        self.today = timezone.localdate()
        self.this_year = current_school_year(self.today)

    def wrong(self, row: SheetRow, key: str, sentence: str) -> None:
        self.problems.append(CellProblem(row.number, key, sentence))

    def read(self, row: SheetRow) -> StaffFacts | None:
        before = len(self.problems)
        cell = {column.key: row.cells.get(column.key, "") for column in COLUMNS}
        for key, limit in _LIMITS.items():
            if len(cell[key]) > limit:
                self.wrong(row, key, _("too long, up to %(limit)s characters") % {"limit": limit})
        school = self._school(row, cell["school"])
        subjects = self._subjects(cell["subjects"])
        facts = {
            "gender": self._word(row, "gender", cell, _("write «ж» or «м»")) or "",
            "subjects": subjects,
            "classes": self._classes(row, cell["classes"], subjects or ()),
            "category": self._word(row, "category", cell, _("write «высшая», «первая», «соответствие» or «нет»")),
            "since": self._since(row, cell["since"]),
            "roles": self._roles(row, cell["role"]),
            "start_year": self._year(row, cell["year"]),
        }
        self._check_signs(row, cell)
        if len(self.problems) > before or not (school and cell["surname"] and cell["given"] and cell["position"]):
            return None
        names = {key: cell[key] for key in ("surname", "given", "patronymic", "position", "login")}
        return StaffFacts(**names, **facts, school=school, email=cell["email"].lower())  # type: ignore[arg-type]

    def _school(self, row: SheetRow, text: str) -> School | None:
        digits = digits_of(text)
        school = self.by_name.get(search_key(text)) or (self.by_digits.get(digits) if digits else None)
        if text and not school:
            sentence = _("there is no school «%(value)s» in the centre, write its name as in the list of schools")
            self.wrong(row, "school", sentence % {"value": text})
        return school

    def _subjects(self, text: str) -> tuple[str, ...] | None:
        slugs, unknown = words.read_subjects(text)
        self.unknown_subjects.update(unknown)
        return slugs if text else None

    def _classes(self, row: SheetRow, text: str, subjects: tuple[str, ...]) -> frozenset[Class] | None:
        if not text or text in "-–—":
            return None
        try:
            return words.read_classes(text, subjects)
        except NotUnderstood as error:
            example = _("write «4А, 4Б» or with the subject: «5А, 5Б математика; 6В информатика»")
            said = _("the subject of the classes is not clear")
            if str(error):
                said = _("«%(value)s» is not a class") % {"value": str(error)}
            self.wrong(row, "classes", f"{said}, {example}")
            return None

    def _word(self, row: SheetRow, kind: str, cell: dict[str, str], hint: str) -> str | None:
        if not cell[kind]:
            return None
        try:
            return words.meaning(kind, cell[kind])
        except NotUnderstood:
            self._not_understood(row, kind, cell[kind], hint)
            return None

    def _not_understood(self, row: SheetRow, key: str, value: str, hint: str) -> None:
        self.wrong(row, key, _("«%(value)s» is not understood, %(hint)s") % {"value": value, "hint": hint})

    def _since(self, row: SheetRow, text: str) -> date | None:
        try:
            return words.read_since(text, self.today) if text else None
        except NotUnderstood:
            self._not_understood(row, "since", text, _("write a year or a date: 2009 or 01.09.2009"))
            return None

    def _year(self, row: SheetRow, text: str) -> int:
        try:
            return words.read_school_year(text) if text else self.this_year
        except NotUnderstood:
            self._not_understood(row, "year", text, _("write «2026/27»"))
            return self.this_year

    def _roles(self, row: SheetRow, text: str) -> tuple[str, ...]:
        try:
            return tuple(dict.fromkeys(words.meaning("role", part) for part in words.parts(text))) or (
                Role.TEACHER.value,
            )
        except NotUnderstood:
            self._not_understood(row, "role", text, _("write «учитель», «директор», «завуч» or «тьютор»"))
            return ()

    def _check_signs(self, row: SheetRow, cell: dict[str, str]) -> None:
        if cell["email"] and not _EMAIL.fullmatch(cell["email"]):
            self._not_understood(row, "email", cell["email"], _("write an address such as name@example.org"))
        if cell["login"] and not _LOGIN.fullmatch(cell["login"]):
            self._not_understood(row, "login", cell["login"], _("write letters and digits without spaces"))


@dataclass(frozen=True)
class _Known:
    """What the database holds about the people of a table."""

    by_key: dict[tuple[str, int], list[Person]]
    by_name: dict[str, list[Person]]
    by_sign: dict[str, Account]


def plan_staff(table: Table, centre: TutorCentre) -> Plan:
    """Compare rows with the people of the centre's schools."""
    problems = missing_cells(table, COLUMNS)
    reader = _Reader(centre, problems)
    rows = [(row.number, facts) for row in table.rows if (facts := reader.read(row))]
    known = _known([facts for _number, facts in rows], centre)
    times = Counter(facts.key for _number, facts in rows)
    planned, notes, seen, signs = [], list[str](), dict[tuple[str, int, str], int](), dict[str, tuple[int, str]]()
    for number, facts in rows:
        problem = _repeated(number, facts, seen, signs) or _identity_problem(facts, known)
        if problem:
            problems.append(CellProblem(number, *problem))
            continue
        facts = replace(facts, alone=times[facts.key] == 1)
        person = _found(facts, known)
        if person is None and (elsewhere := known.by_name.get(facts.key[0])):
            notes.append(_namesake_note(number, facts, elsewhere[0]))
        planned.append(_planned(number, facts, person, centre))
    return Plan(tuple(planned), tuple(problems), (*_subject_notes(reader.unknown_subjects), *notes[:20]))


def _known(rows: list[StaffFacts], centre: TutorCentre) -> _Known:
    years = {facts.start_year for facts in rows}
    emails = [facts.email for facts in rows if facts.email]
    logins = [facts.login for facts in rows if facts.login]
    accounts = Account.objects.filter(Q(email__in=emails) | Q(username__in=logins)).select_related("person")
    by_sign = {sign: one for one in accounts for sign in (one.email.lower(), one.username) if sign}
    wanted = Q(search_name__in={facts.key[0] for facts in rows}) | Q(account__in=[one.pk for one in by_sign.values()])
    work = Employment.objects.filter(end=None, school__in=centre.schools()).select_related("school").prefetch_related(
        Prefetch("classes", TaughtClass.objects.filter(year__start_year__in=years).select_related("year"))
    )  # fmt: skip
    roles = RoleAssignment.objects.filter(centre=centre, end=None)
    people = Person.objects.filter(wanted, Q(employments__school__in=centre.schools()) | Q(roles__centre=centre))
    people = people.distinct().select_related("account").prefetch_related(
        Prefetch("employments", work, to_attr="work"), Prefetch("roles", roles, to_attr="roles_now")
    )  # fmt: skip
    by_key: dict[tuple[str, int], list[Person]] = {}
    by_name: dict[str, list[Person]] = {}
    for person in people:
        by_name.setdefault(person.search_name, []).append(person)
        for school_id in {employment.school_id for employment in person.work}:
            by_key.setdefault((person.search_name, school_id), []).append(person)
    return _Known(by_key, by_name, by_sign)


def _repeated(
    number: int, facts: StaffFacts, seen: dict[tuple[str, int, str], int], signs: dict[str, tuple[int, str]]
) -> tuple[str, str] | None:
    first = seen.setdefault((*facts.key, search_key(facts.position)), number)
    if first != number:
        return "surname", _("the same person and position as in row %(row)s, leave one") % {"row": first}
    for key, sign in (("email", facts.email), ("login", facts.login)):
        owner, name = signs.setdefault(sign, (number, facts.key[0])) if sign else (number, facts.key[0])
        if name != facts.key[0]:
            return key, _("row %(row)s has the same one, it belongs to one person") % {"row": owner}
    return None


def _identity_problem(facts: StaffFacts, known: _Known) -> tuple[str, str] | None:
    """Somebody else's e-mail or login, or several namesakes at the school."""
    people = {person.pk: person for found in known.by_name.values() for person in found}
    for key, sign in (("email", facts.email), ("login", facts.login)):
        account = known.by_sign.get(sign)
        if account and account.person_id not in people:
            return key, _("somebody outside the centre uses it already, check it")
        if account and account.person and account.person.search_name != facts.key[0]:
            return key, _("it belongs to another person: %(name)s") % {"name": account.person.short_name}
    if not _by_sign(facts, known) and len(known.by_key.get(facts.key, ())) > 1:
        return "surname", _("there are namesakes at this school, add the e-mail or change them by hand")
    return None


def _by_sign(facts: StaffFacts, known: _Known) -> Account | None:
    return known.by_sign.get(facts.email) or known.by_sign.get(facts.login)


def _found(facts: StaffFacts, known: _Known) -> Person | None:
    account = _by_sign(facts, known)
    if account:
        return next(person for person in known.by_name[facts.key[0]] if person.pk == account.person_id)
    return next(iter(known.by_key.get(facts.key, ())), None)


def _namesake_note(number: int, facts: StaffFacts, other: Person) -> str:
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


def _planned(number: int, facts: StaffFacts, person: Person | None, centre: TutorCentre) -> PlannedRow:
    if person is None:
        return PlannedRow(number, facts.full_name, facts.school.name, Fate.ADDED, facts)
    changes = tuple(_changes(facts, person))
    fate = Fate.CHANGED if changes else Fate.SAME
    return PlannedRow(number, facts.full_name, facts.school.name, fate, facts, changes)


def _changes(facts: StaffFacts, person: Person) -> list[Change]:
    found: list[Change] = []

    def compare(label: str, before: str, after: str) -> None:
        if before != after:
            found.append(Change(label, before or "–", after or "–"))

    if facts.gender:
        compare(_("gender"), _label(Gender, person.gender), _label(Gender, facts.gender))
    compare(_("name of the person"), person.full_name, facts.full_name)
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
    return words.classes_in_words(classes, {subject.value: str(subject.label) for subject in Subject})


def _label(choices: type[Gender] | type[Category], value: str) -> str:
    return str(choices(value).label) if value else ""


def _subjects(slugs: list[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(str(Subject(slug).label) for slug in slugs))


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def export_rows(people: QuerySet[Person], centre: TutorCentre) -> list[list[str]]:
    """Staff in the columns of the template, a row for each place of work; classes of the current school year."""
    start_year = current_school_year()
    year = f"{start_year}/{(start_year + 1) % 100:02d}"
    work = Employment.objects.filter(end=None, school__in=centre.schools()).select_related("school")
    work = work.prefetch_related(
        Prefetch("classes", TaughtClass.objects.filter(year__start_year=start_year).select_related("year"))
    )
    roles = RoleAssignment.objects.filter(centre=centre, end=None)
    people = people.select_related("account").prefetch_related(
        Prefetch("employments", work, to_attr="work"), Prefetch("roles", roles, to_attr="roles_now")
    )
    return [_export_row(person, one, start_year, year) for person in people for one in person.work]


def _export_row(person: Person, work: Employment, start_year: int, year: str) -> list[str]:
    account = getattr(person, "account", None)
    roles = [role for role in person.roles_now if role.school_id in {None, work.school_id}]  # type: ignore[attr-defined]
    return [
        person.surname,
        person.given,
        person.patronymic,
        words.word_for("gender", person.gender) if person.gender else "",
        work.school.name,
        work.position,
        ", ".join(words.word_for("subject", slug) for slug in work.subjects),
        words.classes_in_words(frozenset(taught_in(work, start_year)), words.subject_words()),
        words.word_for("category", work.category),
        _day(work.experience_from),
        account.email if account else "",
        account.username if account else "",
        ", ".join(words.word_for("role", role.role) for role in roles if role.role not in NOT_IN_TABLES),
        year,
    ]
