"""What was said of an event, without names: told once, after the term."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from traektoria.core.figures import DASH, figure, interval, share_interval
from traektoria.engines.fewvoices import FEWEST_VOICES, Said, shares
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.event.models import Event
from traektoria.events.event.policies import of_centre
from traektoria.events.feedback.models import EventFeedback
from traektoria.events.feedback.policies import is_told
from traektoria.events.feedback.questions import questions_of
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment


@dataclass(frozen=True)
class ChosenShare:
    """A line: the option, how many chose it («3», «4–5»), and the 95 % interval of their share in per cent."""

    title: str
    number: str
    share: str


@dataclass(frozen=True)
class FeedbackSummary:
    """``n`` people answered; of fewer than ``FEWEST_VOICES`` neither lines nor words are there."""

    n: int
    questions: tuple[tuple[str, tuple[ChosenShare, ...]], ...]
    words: tuple[str, ...]


def told(event: Event, now: datetime) -> FeedbackSummary | None:
    """None before the term. From then on nobody answers, so it is always the same; a mark of who came that is changed
    afterwards changes nothing here. Words stand in an order that tells nothing. One query."""
    if not is_told(event, now):
        return None
    rows = list(EventFeedback.objects.filter(event=event.pk).exclude(answers={}).order_by("pk"))
    if len(rows) < FEWEST_VOICES:
        return FeedbackSummary(0, (), ())
    questions = [
        (str(one.title), _lines([row.answers.get(one.slug, "") for row in rows], one.options))
        for one in questions_of(event)
    ]
    mixed = sorted(rows, key=lambda row: salted_hmac("events.feedback", str(row.pk)).hexdigest())
    return FeedbackSummary(len(rows), tuple(questions), tuple(row.words for row in mixed if row.words))


def _lines(answers: list[str], options: tuple[tuple[str, object], ...]) -> tuple[ChosenShare, ...]:
    said = shares(answers, [slug for slug, _title in options])
    return tuple(
        ChosenShare(str(title), _number(one), _share(one)) for (_slug, title), one in zip(options, said, strict=True)
    )


def _number(said: Said) -> str:
    return figure(said.low) if said.is_exact else f"{figure(said.low)}{DASH}{figure(said.high)}"


def _share(said: Said) -> str:
    """Whole per cents."""
    low, high = (share_interval(count / said.n, said.n) for count in (said.low, said.high))
    return interval((low[0], high[1]))


def own(actor: Actor, event: Event) -> EventFeedback | None:
    """What the person said of it, or was asked. One query."""
    return EventFeedback.objects.filter(event=event.pk, person=actor.person_id or 0).first()


def to_ask(event: Event) -> list[int]:
    """Who came, is of the centre still, was not asked yet and will not read the answers. At most three queries."""
    leaders = event.leads.order_by().values("person")
    asked = EventFeedback.objects.filter(event=event.pk).order_by().values("person")
    rows = Attendance.objects.filter(date__event=event.pk, said=Word.CAME).exclude(person__in=asked)
    came = set(rows.exclude(person__in=leaders).order_by().values_list("person_id", flat=True))
    if not came:
        return []
    reads = Q(role=Role.COORDINATOR) | Q(role=Role.TUTOR, person=event.author_id)
    readers = RoleAssignment.objects.filter(
        in_force(timezone.localdate()), reads, centre=event.centre_id, person__in=came
    )
    return sorted(of_centre(came, event.centre_id) - set(readers.order_by().values_list("person_id", flat=True)))
