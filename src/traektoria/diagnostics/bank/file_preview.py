"""A file of questions before it is loaded: what is recognised, what is there already, what is not taken and why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import count
from pathlib import PurePath
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid
from traektoria.diagnostics.bank.file_tags import Fields, fields_of
from traektoria.diagnostics.bank.models import ItemPicture, ItemVersion
from traektoria.diagnostics.bank.queries import known_questions
from traektoria.diagnostics.items.checks import broken_formulas
from traektoria.diagnostics.items.digest import likeness
from traektoria.diagnostics.items.enums import ItemKind
from traektoria.diagnostics.items.list_line import ListLine, line_of, own_name
from traektoria.diagnostics.items.question_problems import unreadable_sentence
from traektoria.diagnostics.items.questions import Taken, Unfit, from_question
from traektoria.engines import questionbanks as q
from traektoria.organisations.imports import meanings_of
from traektoria.organisations.models import TutorCentre

FILE_NAME: Final = 120
BANK: Final = "bank"
"""The kind of table in what people of a centre say of headings."""


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
class FileLine:
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

    @cached_property
    def said(self) -> ListLine:
        """What it asks and its key."""
        return line_of(self.taken.content)

    @property
    def own_name(self) -> str:
        """The name that the file gives it, "" where that is the question itself."""
        return own_name(self.taken.name, self.said.text)


@dataclass(frozen=True)
class Reading:
    """All that the file has. ``refused`` were not read, ``doubtful`` were read but should be looked at."""

    name: str
    format: q.FileFormat
    encoding: str
    lines: tuple[FileLine, ...]
    refused: tuple[q.Problem, ...]
    doubtful: tuple[q.Problem, ...]

    def with_fate(self, fate: Fate) -> list[FileLine]:
        return [line for line in self.lines if line.fate == fate]

    @property
    def kinds(self) -> list[tuple[ItemKind, int]]:
        """How many questions of each kind there are."""
        found = Counter(line.kind for line in self.lines)
        return [(kind, found[kind]) for kind in ItemKind if found[kind]]


class ColumnsAsked(Invalid):
    """A table whose columns somebody has to name first."""


def read_file(content: bytes, name: str, centre: TutorCentre) -> Reading:
    """Read the file and compare it with the bank of the centre. Raises ``Invalid`` for a file that is not opened."""
    return compared(parse_file(content, name, centre), centre.pk)


def compared(reading: Reading, centre_id: int) -> Reading:
    """The file with what the bank holds now of each question."""
    return replace(reading, lines=tuple(_compared(list(reading.lines), centre_id)))


def parse_file(content: bytes, name: str, centre: TutorCentre) -> Reading:
    """What the file says by itself and by what the centre has said of headings. It takes its time. Raises ``Invalid``,
    ``ColumnsAsked`` among them."""
    told = meanings_of(centre, BANK)
    try:
        bank = q.read(content, name, told=told)
    except q.UnreadableBank as error:
        asked = error.code == "no_header" and q.ask_columns(content, name, told)
        refusal = ColumnsAsked if asked else Invalid
        raise refusal(unreadable_sentence(error), code=error.code) from error
    lines, unfit = _taken(bank)
    problems = sorted([*bank.problems, *unfit], key=lambda problem: problem.line)
    return Reading(
        PurePath(name.replace("\\", "/")).name[:FILE_NAME],
        bank.format,
        bank.encoding,
        tuple(lines),
        tuple(problem for problem in problems if problem.fatal),
        tuple(problem for problem in problems if not problem.fatal),
    )


def _taken(bank: q.Bank) -> tuple[list[FileLine], list[q.Problem]]:
    """The questions under the numbers that they have in the file, where those that were not read have theirs too."""
    lines, unfit = [], []
    refused = {problem.number for problem in bank.problems if problem.fatal}
    numbers = (number for number in count(1) if number not in refused)
    for number, question in zip(numbers, bank.questions, strict=False):
        try:
            taken = from_question(question)
            _check_formulas(taken)
        except Unfit as error:
            name = " ".join((question.name or question.text).split())[:60]
            unfit.append(q.Problem(question.number_line, error.code, error.params, name, number))
            continue
        lines.append(FileLine(number, question, taken, fields_of(question), likeness(taken.stored)))
    return lines, unfit


def _check_formulas(taken: Taken) -> None:
    for broken in broken_formulas(taken.content):
        raise Unfit("formula", found=broken.tex[:80])


def _compared(lines: list[FileLine], centre_id: int) -> list[FileLine]:
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
