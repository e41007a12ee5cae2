"""A row of the staff table, understood: names, school, subjects, classes, roles; what is wrong with it, by cell."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import school_year
from traektoria.core.text import search_key
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.school_table import digits_of
from traektoria.organisations.sheets import (
    CellProblem,
    Column,
    SheetRow,
    columns_of,
    headings_of,
)
from traektoria.people import spelling, vocabulary
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.people.vocabulary import Class, NotUnderstood

COLUMNS = columns_of(Path(__file__).parent / "data" / "staff_columns.csv")
WHOLE_NAME = Column(
    "person",
    "ФИО",
    headings_of(
        "фио", "ф. и. о.", "ф.и.о.", "фамилия, имя, отчество", "фамилия имя отчество", "фамилия имя", "фамилия и имя",
        "фио педагога", "фио учителя", "фио сотрудника", "фио работника", "фио (полностью)", "ф.и.о. педагога",
        "ф.и.о. учителя", "ф.и.о. (полностью)", "фамилия, имя, отчество педагога", "фамилия, имя, отчество (полностью)",
        "фамилия, имя, отчество (при наличии)", "педагог", "учитель", "сотрудник", "работник",
        "педагогический работник",
    ),
    False,
    "",
    (),
    ("surname", "given", "patronymic"),
    spelling.split_name,
)  # fmt: skip
READ_COLUMNS = (*COLUMNS, WHOLE_NAME)
"""What a file may have: the template's columns, and what stands for some of them."""
NOT_IN_TABLES = frozenset({Role.ADMINISTRATOR, Role.COMMISSION_MEMBER})
"""Roles that no table gives: the first is appointed on the server, the second follows a seat in the commission."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LOGIN = re.compile(r"[\w.@+-]{3,150}")
_MAY_BE_NOTHING = ("patronymic", "gender", "subjects", "classes", "since", "email", "login", "role", "year")
_LEGAL_FORM = re.compile(r"^(?:м|г|ч)?(?:б|к|а)?(?:о|н)?оу\b")
_IN_FULL = (
    (r"^(муниципальное|государственное|частное)( \w+)? (обще)?образовательное учреждение", ""),
    (r"средняя (обще)?образовательная школа", "сош"),
    (r"основная (обще)?образовательная школа", "оош"),
    (r"начальная (обще)?образовательная школа", "нош"),
)
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

    def names_for(self, person: Person | None) -> tuple[str, str, str]:
        """Surname, given name and patronymic as they will be kept: of two spellings the better one."""
        typed = self.surname, self.given, self.patronymic
        if person is None:
            return typed
        known = map(spelling.tidy, (person.surname, person.given, person.patronymic))
        first, second, third = (spelling.better(one, other) for one, other in zip(known, typed, strict=True))
        return first, second, third


class StaffRowReader:
    """Reads rows one by one and gathers what is wrong with them."""

    def __init__(self, centre: TutorCentre, problems: list[CellProblem]) -> None:
        schools = list(centre.schools())
        self.by_digits = {school.digits: school for school in schools}
        self.by_name = _by_name(schools)
        self.problems = problems
        self.unknown_subjects: Counter[str] = Counter()
        self.today = timezone.localdate()
        self.coming_year = school_year.coming()

    def wrong(self, row: SheetRow, key: str, sentence: str) -> None:
        self.problems.append(CellProblem(row.number, key, sentence))

    def read(self, row: SheetRow) -> StaffFacts | None:
        before = len(self.problems)
        cell = {column.key: row.cells.get(column.key, "") for column in COLUMNS}
        for key in _MAY_BE_NOTHING:
            cell[key] = "" if spelling.is_nothing(cell[key]) else cell[key]
        for key in ("surname", "given", "patronymic"):
            cell[key] = spelling.cased(spelling.tidy(cell[key]))
            if sign := spelling.odd_sign(cell[key]):
                self.wrong(row, key, _("the sign «%(sign)s» can't stand in a name, type it anew") % {"sign": sign})
            elif key != "surname" and spelling.is_initials(cell[key]):
                self.wrong(row, key, _("«%(value)s» is an initial, write the name in full") % {"value": cell[key]})
        for key, limit in _LIMITS.items():
            if len(cell[key]) > limit:
                self.wrong(row, key, _("too long, up to %(limit)s characters") % {"limit": limit})
        cell["email"] = cell["email"].removeprefix("mailto:")
        school = self._school(row, cell["school"])
        if "(" in cell["subjects"] and re.search(r"\(\s*\d", cell["subjects"]):
            hint = _("write the classes in their own column: «5А, 5Б математика; 7А физика»")
            self._not_understood(row, "subjects", cell["subjects"], hint)
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
        school = self.by_name.get(_school_key(text)) or (self.by_digits.get(digits) if digits else None)
        if text and not school:
            sentence = _("there is no school «%(value)s» in the centre, write its name as in the list of schools")
            self.wrong(row, "school", sentence % {"value": text})
        return school

    def _subjects(self, text: str) -> tuple[str, ...] | None:
        slugs, unknown = vocabulary.read_subjects(text)
        self.unknown_subjects.update(unknown)
        return slugs if text else None

    def _classes(self, row: SheetRow, text: str, subjects: tuple[str, ...]) -> frozenset[Class] | None:
        if not text:
            return None
        try:
            return vocabulary.read_classes(text, subjects)
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
            return vocabulary.meaning_before_details(kind, cell[kind])
        except NotUnderstood:
            self._not_understood(row, kind, cell[kind], hint)
            return None

    def _not_understood(self, row: SheetRow, key: str, value: str, hint: str) -> None:
        self.wrong(row, key, _("«%(value)s» is not understood, %(hint)s") % {"value": value, "hint": hint})

    def _since(self, row: SheetRow, text: str) -> date | None:
        try:
            return vocabulary.read_since(text, self.today) if text else None
        except NotUnderstood:
            self._not_understood(row, "since", text, _("write a year or a date: 2009 or 01.09.2009"))
            return None

    def _year(self, row: SheetRow, text: str) -> int:
        try:
            return vocabulary.read_school_year(text) if text else self.coming_year
        except NotUnderstood:
            self._not_understood(row, "year", text, _("write «2026/27»"))
            return self.coming_year

    def _roles(self, row: SheetRow, text: str) -> tuple[str, ...]:
        try:
            return tuple(dict.fromkeys(vocabulary.meaning("role", part) for part in vocabulary.parts(text))) or (
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


def _by_name(schools: Iterable[School]) -> dict[str, School]:
    """Schools by short and full name, where a name is that of one school only."""
    named: dict[str, set[School]] = {}
    for school in schools:
        for name in filter(None, (school.name, school.full_name)):
            named.setdefault(_school_key(name), set()).add(school)
    return {name: found.pop() for name, found in named.items() if len(found) == 1}


def _school_key(name: str) -> str:
    """«МБОУ "СОШ №1"», «Средняя общеобразовательная школа № 1» and «СОШ № 1» are one: without quotes, the legal form
    and blanks."""
    plain = re.sub(r"[\"'«»„“”.,()]", " ", search_key(name)).strip()
    for written, short in _IN_FULL:
        plain = re.sub(written, short, plain).strip()
    return re.sub(r"\s+", "", _LEGAL_FORM.sub("", plain))
