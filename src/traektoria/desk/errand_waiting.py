"""Long work on the desk of who asked for it: while it goes on, when it is ready, when it did not work."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errands.places import KEPT_DAYS
from traektoria.core.models import Errand, ErrandState
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words, errand_kinds
from traektoria.core.waiting import waits
from traektoria.people import addressees

GOES, READY, ASKS = "desk.errand_goes", "desk.errand_ready", "desk.errand_asks"
DONE, FAILED = "desk.errand_done", "desk.errand_failed"
WORDS = 300


def rows(errands: QuerySet[Errand]) -> Iterator[Wait]:
    """Nothing where the person has taken it or let it be. One query."""
    for one in errands.filter(person_id__isnull=False, seen_at=None):
        facts = {"kind": one.kind, "file": one.file_name, "said": one.said[:WORDS]}
        until = one.ended_at and timezone.localdate(one.ended_at) + timedelta(days=_days(one))
        to = addressees.person(one.person_id or 0)
        yield Wait(
            _kind(one), to, one, one.centre_id, facts=facts, since=one.ended_at or one.asked_at, shows_until=until
        )


def _kind(one: Errand) -> str:
    if one.is_open:
        return GOES
    if one.state == ErrandState.FAILED:
        return FAILED
    return READY if one.file else ASKS if one.asks else DONE


def _days(one: Errand) -> int:
    """What stands on a page of its own is told until the next day: so long a table or a file that asks is kept."""
    return 1 if _kind(one) in (DONE, ASKS) else KEPT_DAYS


def _words(row: Waited, what: str, who: str, action: str) -> Words:
    kind = errand_kinds.get(row.facts["kind"])
    label = str(kind.label) if kind else ""
    return Words(what % {"what": label}, who, reverse("desk:errand_detail", args=[row.object_id]), action)


def goes(row: Waited) -> Words:
    return _words(row, _("Is being done: %(what)s"), _("you need not wait on the page"), _("Look"))


def ready(row: Waited) -> Words:
    return _words(row, _("The file is ready: %(what)s"), row.facts["file"], _("Take"))


def asks(row: Waited) -> Words:
    return _words(row, _("A question about your file: %(what)s"), row.facts["said"], _("Answer"))


def done(row: Waited) -> Words:
    return _words(row, _("Done: %(what)s"), row.facts["said"], _("Look"))


def failed(row: Waited) -> Words:
    return _words(row, _("It did not work: %(what)s"), row.facts["said"], _("Look"))


waits(
    WaitingSource(
        slug="desk.errands",
        order=8,
        model=Errand,
        rows=rows,
        kinds=(
            WaitingKind(GOES, 8, DeskGroup.WAITING, goes),
            WaitingKind(READY, 8, DeskGroup.TODAY, ready),
            WaitingKind(ASKS, 8, DeskGroup.TODAY, asks),
            WaitingKind(DONE, 8, DeskGroup.DONE, done),
            WaitingKind(FAILED, 8, DeskGroup.TODAY, failed),
        ),
        watches=(Watch(Errand, lambda one: [one.pk], frozenset({"state", "seen_at"})),),
    )
)
