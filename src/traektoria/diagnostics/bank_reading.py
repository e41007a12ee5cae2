"""A file of questions before it is loaded: what is recognised, what is there already, what is not taken and why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid
from traektoria.diagnostics.enums import ItemKind
from traektoria.diagnostics.likeness import likeness
from traektoria.diagnostics.models import ItemPicture, ItemVersion
from traektoria.diagnostics.queries.bank import known_questions
from traektoria.diagnostics.question_tags import Fields, fields_of
from traektoria.diagnostics.question_words import unreadable_sentence
from traektoria.diagnostics.questions import Taken, Unfit, from_question
from traektoria.engines import questionbanks as q

FILE_NAME: Final = 120


class Fate(models.TextChoices):
    """What loading would do with a question."""

    NEW = "new", gettext_lazy("new")
    OTHER = "other", gettext_lazy("same code, other text")
    SAME = "same", gettext_lazy("is in the bank")
    TWICE = "twice", gettext_lazy("stands in the file twice")

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to load."""
        return self in (Fate.NEW, Fate.OTHER)


@dataclass(frozen=True)
class Line:
    """A question of the file as an item. ``known`` is the version of the bank that it is, or whose code it has."""

    number: int
    question: q.Question
    taken: Taken
    fields: Fields
    digest: str
    fate: Fate = Fate.NEW
    known: ItemVersion | None = None

    @property
    def line(self) -> int:
        return self.question.number_line

    @property
    def kind(self) -> ItemKind:
        return ItemKind(self.taken.content.kind)


@dataclass(frozen=True)
class Reading:
    """All that the file has. ``refused`` were not read, ``doubtful`` were read but should be looked at."""

    name: str
    format: q.FileFormat
    encoding: str
    lines: tuple[Line, ...]
    refused: tuple[q.Problem, ...]
    doubtful: tuple[q.Problem, ...]

    def with_fate(self, fate: Fate) -> list[Line]:
        return [line for line in self.lines if line.fate == fate]

    @property
    def kinds(self) -> list[tuple[ItemKind, int]]:
        """How many questions of each kind there are."""
        found = Counter(line.kind for line in self.lines)
        return [(kind, found[kind]) for kind in ItemKind if found[kind]]


def read_file(content: bytes, name: str, centre_id: int) -> Reading:
    """Read the file and compare it with the bank of the centre. Raises ``Invalid`` for a file that is not opened."""
    try:
        bank = q.read(content, name)
    except q.Unreadable as error:
        raise Invalid(unreadable_sentence(error), code=error.code) from error
    lines, unfit = _taken(bank.questions)
    problems = sorted([*bank.problems, *unfit], key=lambda problem: problem.line)
    return Reading(
        PurePath(name.replace("\\", "/")).name[:FILE_NAME],
        bank.format,
        bank.encoding,
        tuple(_compared(lines, centre_id)),
        tuple(problem for problem in problems if problem.fatal),
        tuple(problem for problem in problems if not problem.fatal),
    )


def _taken(questions: Iterable[q.Question]) -> tuple[list[Line], list[q.Problem]]:
    lines, unfit = [], []
    for number, question in enumerate(questions, start=1):
        try:
            taken = from_question(question)
        except Unfit as error:
            name = " ".join((question.name or question.text).split())[:60]
            unfit.append(q.Problem(question.number_line, error.code, error.params, name, number))
            continue
        lines.append(Line(number, question, taken, fields_of(question), likeness(taken.stored)))
    return lines, unfit


def _compared(lines: list[Line], centre_id: int) -> list[Line]:
    """The lines with their fates; a question that stands in the file twice is new once."""
    versions = known_questions(
        centre_id, (line.fields["external_id"] for line in lines), (line.digest for line in lines)
    )
    said = _by_digest(versions)
    codes = {version.item.external_id: version for version in versions if version.item.external_id}
    pictures = _pictures({version.item_id for found in said.values() for version in found})
    seen: set[tuple[str, frozenset[str]]] = set()
    made = []
    for line in lines:
        own = frozenset(sha256(picture.data).hexdigest() for picture in line.question.pictures)
        same = next((one for one in said.get(line.digest, ()) if own <= pictures.get(one.item_id, frozenset())), None)
        coded = codes.get(line.fields["external_id"])
        fate = _fate(same, coded, (line.digest, own) in seen)
        seen.add((line.digest, own))
        made.append(replace(line, fate=fate, known=same or coded))
    return made


def _fate(same: ItemVersion | None, coded: ItemVersion | None, seen: bool) -> Fate:
    if same is not None:
        return Fate.SAME
    if seen:
        return Fate.TWICE
    return Fate.NEW if coded is None else Fate.OTHER


def _by_digest(versions: Iterable[ItemVersion]) -> dict[str, list[ItemVersion]]:
    found: dict[str, list[ItemVersion]] = {}
    for version in versions:
        found.setdefault(version.digest, []).append(version)
    return found


def _pictures(item_ids: set[int]) -> Mapping[int, frozenset[str]]:
    """What pictures the items have, by their content."""
    found: dict[int, set[str]] = {}
    for item_id, digest in ItemPicture.objects.filter(item__in=item_ids).values_list("item_id", "sha256"):
        found.setdefault(item_id, set()).add(digest)
    return {item_id: frozenset(digests) for item_id, digests in found.items()}
