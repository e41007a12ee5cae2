"""Whose pupils are in the file: names of classes → letters → teachers of these classes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from traektoria.engines.results.classes import normalise_class
from traektoria.people.enums import Subject
from traektoria.people.models import TaughtClass
from traektoria.results.models import Dataset

LAST_PRIMARY_GRADE = 4
TAUGHT_BY_PRIMARY = frozenset({Subject.MATH, Subject.RUSSIAN, Subject.LITERATURE, Subject.WORLD})


@dataclass
class TeachersClasses:
    """The classes of one teacher at one school. ``shared``: somebody else teaches the same subject in one of them."""

    person_id: int
    school_id: int
    letters: set[str] = field(default_factory=set)
    shared: bool = False


def teachers_of(dataset: Dataset) -> list[TeachersClasses]:
    """Who taught this subject in this grade in that school year: the subject's teacher, else the primary teacher."""
    taught = TaughtClass.objects.filter(
        year__start_year=dataset.school_year_start,
        grade=dataset.grade,
        subject__in=subjects_of_work(dataset),
        employment__school__in=dataset.centre.schools(),
    ).values_list("subject", "letter", "employment__person_id", "employment__school_id")
    by_class: dict[tuple[int, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for subject, letter, person_id, school_id in taught.order_by("employment__person_id", "pk"):
        read = normalise_class(dataset.grade, letter)
        by_class[school_id, letter if read is None else read][subject].add(person_id)
    return _gather(by_class, dataset.subject)


def classes_of(
    teacher: TeachersClasses, names: Collection[str | None], grade: int, everyone: set[str]
) -> list[str | None]:
    """Return those class names of the teacher's school that are the teacher's.

    Pupils without a letter are the teacher's when the teacher has the whole parallel (all letters ``everyone`` has).
    """
    letters = {name: normalise_class(grade, name) for name in names}
    whole = teacher.letters == everyone
    return [name for name, letter in letters.items() if letter in teacher.letters or (letter == "" and whole)]


def subjects_of_work(dataset: Dataset) -> set[str]:
    """As which the classes of its teachers may be entered."""
    primary = dataset.grade <= LAST_PRIMARY_GRADE and dataset.subject in TAUGHT_BY_PRIMARY
    return {dataset.subject, Subject.PRIMARY} if primary else {dataset.subject}


def _gather(by_class: dict[tuple[int, str], dict[str, set[int]]], subject: str) -> list[TeachersClasses]:
    teachers: dict[tuple[int, int], TeachersClasses] = {}
    for (school_id, letter), subjects in by_class.items():
        persons = subjects.get(subject) or subjects[Subject.PRIMARY]
        for person_id in persons:
            teacher = teachers.setdefault((person_id, school_id), TeachersClasses(person_id, school_id))
            teacher.letters.add(letter)
            teacher.shared |= len(persons) > 1
    return list(teachers.values())
