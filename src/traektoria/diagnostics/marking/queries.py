"""Answers that people judge, and what waits for which marker. Markers see neither names nor others' points."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart
from traektoria.diagnostics.campaigns.policies.order import grace_of
from traektoria.diagnostics.instruments.queries.instruments import standing
from traektoria.diagnostics.items.kinds.registry import MARKED_BY_PEOPLE
from traektoria.diagnostics.items.pieces.answers import MARKED_ON_PAPER
from traektoria.diagnostics.marking.models import Marking
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer
from traektoria.people.actor import Actor


def answers_to_mark(campaign: Campaign) -> QuerySet[Answer]:
    """Extended answers with words in them, of people who consented and did not withdraw."""
    return _judged().filter(sitting__part__campaign=campaign)


def waiting_for_marks(campaign: Campaign) -> QuerySet[Answer]:
    """Those that have no points yet."""
    return answers_to_mark(campaign).filter(score__isnull=True)


def answers_to_hand_out(part: CampaignPart) -> QuerySet[Answer]:
    """Of sittings that are over for good: what is still being written, or can still come in late, is read by nobody."""
    settled = timezone.now() - grace_of(part.campaign)
    handed_in = Q(sitting__state=SittingState.SUBMITTED)
    return _judged().filter(
        handed_in | Q(sitting__state=SittingState.EXPIRED, sitting__finished_at__lte=settled), sitting__part=part
    )


def _judged() -> QuerySet[Answer]:
    rows = Answer.objects.filter(
        sitting__participant__consent__isnull=False,
        sitting__participant__declined_at__isnull=True,
        form_item__item_version__item__kind__in=MARKED_BY_PEOPLE,
    )
    rows = rows.exclude(sitting__on_paper=True, value=MARKED_ON_PAPER)
    return rows.exclude(value={}).exclude(sitting__state=SittingState.NEW)


def markings_of(actor: Actor) -> QuerySet[Marking]:
    """What was handed out to the actor, while they are a marker of the part and the person still consents."""
    part = CampaignPart.objects.filter(pk=OuterRef("answer__sitting__part"), markers=actor.person_id)
    rows = Marking.objects.filter(
        Exists(part), marker=actor.person_id, answer__sitting__participant__consent__isnull=False
    )
    return rows.select_related(
        "answer__form_item__item_version__item", "answer__sitting__part__version__instrument",
        "answer__sitting__part__campaign",
    )  # fmt: skip


@dataclass(frozen=True)
class Pile:
    """The answers of one work that were handed out to a marker."""

    part: CampaignPart
    left: int
    all: int

    @property
    def done(self) -> int:
        return self.all - self.left


def piles_of(actor: Actor) -> list[Pile]:
    """Two queries."""
    if actor.person_id is None:
        return []
    counted = markings_of(actor).order_by().values_list("answer__sitting__part")
    found = {
        part: (left, number)
        for part, number, left in counted.annotate(n=Count("pk"), left=Count("pk", filter=Q(done_at__isnull=True)))
    }
    parts = CampaignPart.objects.filter(pk__in=found).select_related("campaign", "version__instrument")
    return [Pile(part, *found[part.pk]) for part in parts.order_by("-campaign__start", "position", "pk")]


def code_of(marking: Marking) -> str:
    """What the answer is called for this marker: says nothing of the person, and another marker has another one."""
    return blake2b(f"{marking.marker_id}:{marking.answer_id}".encode(), digest_size=2).hexdigest().upper()


def order_of(rows: Iterable[Marking]) -> list[Marking]:
    """Task by task, and within a task in an order of chance that stays the same."""
    return sorted(rows, key=lambda row: (row.answer.form_item.position, row.answer.form_item_id, code_of(row), row.pk))


def next_of(actor: Actor, part: CampaignPart) -> Marking | None:
    """The next answer without this marker's points, or None. One query."""
    rows = markings_of(actor).filter(answer__sitting__part=part, done_at__isnull=True)
    return next(iter(order_of(rows)), None)


@dataclass(frozen=True)
class MarkerLine:
    """How far a marker is; no points."""

    name: str
    handed: int
    done: int


@dataclass(frozen=True)
class PartProgress:
    """How the marking of a part goes. ``short``: answers that lack a marker; ``third``: sent to a third one."""

    part: CampaignPart
    answers: int
    ready: int
    short: int
    third: int
    markers: tuple[MarkerLine, ...]
    pairs: tuple[tuple[dict[str, str], dict[str, str]], ...]


def progress_of(part: CampaignPart, needed: int) -> PartProgress:
    """Four queries."""
    answers = answers_to_hand_out(part)
    handed = answers.annotate(handed=Count("markings", filter=Q(markings__third=False)))
    rows = Marking.objects.filter(answer__sitting__part=part)
    counted = rows.order_by().values_list("marker").annotate(n=Count("pk"), done=Count("done_at"))
    found = {marker: (number, done) for marker, number, done in counted}
    markers = [
        MarkerLine(person.short_name, *found.get(person.pk, (0, 0))) for person in part.markers.order_by("sort_name")
    ]
    return PartProgress(
        part=part,
        answers=answers.count(),
        ready=answers.filter(score__isnull=False).count(),
        short=handed.filter(handed__lt=needed).count(),
        third=rows.filter(third=True).count(),
        markers=tuple(markers),
        pairs=pairs_of(part),
    )


def pairs_of(part: CampaignPart) -> tuple[tuple[dict[str, str], dict[str, str]], ...]:
    """Points of both markers of each answer that both have marked, in the order of handing out. One query."""
    rows = Marking.objects.filter(answer__sitting__part=part, third=False, done_at__isnull=False).order_by("pk")
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for answer, points in rows.values_list("answer", "points"):
        found[answer].append(points)
    return tuple((marks[0], marks[1]) for marks in found.values() if len(marks) == 2)


def parts_with_marks(campaign: Campaign) -> QuerySet[CampaignPart]:
    """Parts that have something for people to judge."""
    judged = {"version__items__item_version__item__kind__in": MARKED_BY_PEOPLE}
    return campaign.parts.filter(**judged).select_related("version__instrument", "campaign", "analysis").distinct()


def pictures_of_answers(actor: Actor) -> Iterator[Q]:
    """Whoever was handed an answer sees the pictures of its task, also when they mark the part no more."""
    if actor.person_id:
        handed = Marking.objects.filter(marker=actor.person_id, answer__form_item=OuterRef("pk"))
        yield Q(Exists(standing().filter(Exists(handed))))
