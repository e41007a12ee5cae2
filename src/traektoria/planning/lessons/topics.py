"""Hard topics of a subject and grade: tasks of published works that pupils of the municipality have not managed.

They are told by the figures of the municipality alone, as they are published, and named without them: a school's own
results belong to its heads and the coordinator, a teacher's problem field to the teacher and their tutor. Neither comes
here (ADR 0068).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from traektoria.core.text import search_key
from traektoria.core.word_search import stems_of, tokens
from traektoria.engines.lessons.model import Calendar
from traektoria.engines.lessons.topics import look_for
from traektoria.engines.results.tables import By, CompletionRow, Selection, Zone
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.planning.lessons.kept_calendar import HardTopic, Line
from traektoria.results.models import Dataset, DatasetKind, DatasetSchool
from traektoria.results.selection import places_of
from traektoria.results.tables import TableKind, published
from traektoria.results.tasks import TaskFacts, spec_of, task_facts

SCHOOLS: Final = 3
"""Fewer schools in a file make no municipality: the figure would be a school's."""
MOST: Final = 30
LETTERS: Final = 4
_EMPTY: Final = (
    "уметь умение умения знать знание владеть владение выполнять использовать применять понимать понимание решать "
    "решение находить урок урока тема темы задача задачи задание задания работа работы повторение обобщение "
    "контрольная проверочная самостоятельная основные основных также через между когда чтобы этого этих свойства "
    "представления представление информации навыки навыков развитие овладение"
)


def hard_topics(centre: TutorCentre, subject: str, grade: int, start_year: int, by: Actor) -> list[HardTopic]:
    """Of the newest works of this grade and of the one below, of the spring before the school year or of the year
    before that, in the order of the works; only of those whose totals ``by`` may see. Six queries a work at most."""
    found: list[HardTopic] = []
    for dataset in _newest(centre, subject, grade, start_year):
        for facts in _hard_tasks(dataset, by):
            words = facts.shows
            key = search_key(words)
            if words and all(search_key(one.words) != key for one in found):
                name = f"{dataset.pk}-{facts.position}"
                found.append(HardTopic(name, words, str(dataset)))
    return found[:MOST]


def with_lines(topics: Sequence[HardTopic], calendar: Calendar) -> list[HardTopic]:
    """The same with the lines and sections of the calendar that may be about them."""
    lines = [*(Line(one.place, one.theme) for one in calendar.lessons),
             *(Line(one.place, one.title) for one in calendar.sections)]  # fmt: skip
    words = [words_of(line.text) for line in lines]
    for topic in topics:
        topic.likely = [lines[one.at] for one in look_for(words_of(topic.words), words)]
    return list(topics)


def words_of(text: str) -> list[frozenset[str]]:
    """The stems of each word that says something; words of every task («решать», «задача») say nothing."""
    said = [one for one in dict.fromkeys(tokens(text)) if len(one) >= LETTERS and not one.isdecimal()]
    return [stems for one in said if not (stems := stems_of(one)) & _STEMS]


_STEMS: Final = frozenset().union(*map(stems_of, _EMPTY.split()))


def _newest(centre: TutorCentre, subject: str, grade: int, start_year: int) -> list[Dataset]:
    rows: QuerySet[Dataset] = Dataset.objects.shown().filter(
        centre=centre, subject=subject, grade__in=(grade, grade - 1), kind=DatasetKind.ANSWERS,
        year__in=(start_year, start_year - 1),
    )  # fmt: skip
    found: dict[Any, Dataset] = {}
    for one in rows.order_by("-year", "procedure", "grade", "-pk"):
        found.setdefault((one.procedure, one.grade), one)
    return list(found.values())


def _hard_tasks(dataset: Dataset, by: Actor) -> Iterator[TaskFacts]:
    facts = task_facts(dataset)
    by_label = {one.label: one for one in facts}
    if not any(one.shows for one in facts) or (home := _home(dataset)) is None:
        return
    if not places_of(dataset, by).gives_total(home[0]):
        return
    for row in published(dataset, TableKind.COMPLETION, Selection(By.MUNICIPALITY), spec_of(facts)):
        if isinstance(row, CompletionRow) and row.group.municipality == home[0] and row.zone is Zone.NOT_ENOUGH:
            yield by_label[row.task]


def _home(dataset: Dataset) -> tuple[str | None] | None:
    """The municipality of the file in which the schools of the centre are, with schools enough; None: not told."""
    schools: dict[str | None, list[int | None]] = defaultdict(list)
    rows = DatasetSchool.objects.filter(dataset=dataset, not_ours=False)
    for municipality, school in rows.values_list("municipality", "school"):
        schools[municipality].append(school)
    own = [one for one, keys in schools.items() if any(keys)] or list(schools)
    return (own[0],) if len(own) == 1 and len(schools[own[0]]) >= SCHOOLS else None
