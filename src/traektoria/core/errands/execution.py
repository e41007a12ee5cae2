"""How an errand is done: by the worker, or in the request where it is short. Both run the same function of its room."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Any, Final, TypeVar
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from traektoria.core import act_progress
from traektoria.core.errands import places
from traektoria.core.errors import DomainError
from traektoria.core.guard import ActingPerson
from traektoria.core.models import Errand, ErrandState
from traektoria.core.registries import actors, errand_kinds
from traektoria.core.tasks.backend import key_of
from traektoria.core.tasks.fate import PAUSES

SAID_EACH: Final = 0.5
"""Seconds between two words on how far it is."""
Item = TypeVar("Item")


class Overtaken(Exception):
    """Another attempt does this errand now, or nobody wants it any more: this one writes nothing."""


@dataclass(frozen=True)
class Made:
    """A file to take away, what is large as an open one; ``rows`` is how much it holds, ``of`` numbers of what: they
    come to ``fetched`` under «made_of» in the facts, for whoever may take one of them no more."""

    content: bytes | IO[bytes]
    name: str
    content_type: str
    rows: int | None = None
    of: tuple[int, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What was done stands on a page of the room. ``asks``: something is still wanted of the person there."""

    url: str
    sentence: str
    asks: bool = False


Finished = Made | Shown


@dataclass
class Doing:
    """What the function of a room is given: who asked, what of, and whom to tell how far it is. ``key`` is the same for
    each attempt of one asking, so that a second one finds what the first has kept. ``forget`` drops what was sent at
    once: a file that was refused is kept no longer than it takes to say so."""

    actor: Any
    facts: dict[str, Any]
    source: Callable[[], bytes]
    key: UUID = field(default_factory=uuid4)
    told: Callable[[int, int], None] = lambda done, total: None
    forget: Callable[[], None] = lambda: None
    told_apart: Callable[[int, int], None] = lambda done, total: None
    _last: float = field(default=0.0, repr=False)

    def progress(self, done: int, total: int) -> None:
        """Never more often than twice a second. Raises ``Overtaken``."""
        now = time.monotonic()
        if now - self._last >= SAID_EACH:
            self._last = now
            self.told(done, total)

    @contextmanager
    def apart(self, total: int) -> Iterator[None]:
        """An act of one transaction, which tells ``act_progress`` how far it is: that is said beside the database."""
        done = 0

        def hear(number: int) -> None:
            nonlocal done
            done, now = min(done + number, total), time.monotonic()
            if now - self._last >= SAID_EACH:
                self._last = now
                self.told_apart(done, total)

        self.told_apart(0, total)
        with act_progress.heard(hear):
            yield

    def each(self, items: Iterable[Item], total: int) -> Iterator[Item]:
        """The items one after another, with progress."""
        for done, item in enumerate(items):
            self.progress(done, total)
            yield item


@task()
def do_errand(errand: str) -> None:
    """What cannot be done for a reason that the person can understand has failed and is not tried again; an error of
    the program is, like any task's. Done twice at once, only the later attempt writes its end."""
    row = _begun(UUID(errand))
    if row is None:
        return
    try:
        actor = _acting(row.account_id)
        with timezone.override(actor.zone):
            _end(row, _done(row, actor))
    except Overtaken:
        return
    except DomainError as refusal:
        _failed(row, refusal.sentence)
    except Http404:
        _failed(row, _("It is not there any more, or you have no right to it any more."))
    except Exception:
        _again(row)
        raise


def _begun(pk: UUID) -> Errand | None:
    """The errand with an attempt of ours; None where nobody waits for it."""
    with transaction.atomic():
        row = Errand.objects.select_for_update(no_key=True).filter(pk=pk, state__in=ErrandState.open()).first()
        if row is None:
            return None
        row.state, row.attempt, row.began_at = ErrandState.RUNNING, row.attempt + 1, timezone.now()
        row.done = row.total = 0
        row.save(update_fields=["state", "attempt", "began_at", "done", "total"])
    return row


def _acting(account_id: int) -> Any:
    """The person with the roles of this moment. Raises ``Http404`` where nobody may sign in with the account."""
    for source in actors:
        if actor := source.of(account_id):
            return actor
    raise Http404


def _done(row: Errand, actor: ActingPerson) -> Finished:
    kind = errand_kinds.get(row.kind)
    if kind is None:
        raise Http404
    kind.check(actor, row.facts)
    key = uuid5(row.pk, row.asked_at.isoformat())
    told, forget = (lambda *far: _tell(row, *far)), (lambda: places.forget_source(row))
    doing = Doing(actor, row.facts, lambda: places.source_of(row), key, told, forget, partial(places.keep_far, row))
    return kind.run(doing)  # type: ignore[no-any-return]


def _tell(row: Errand, done: int, total: int) -> None:
    """Heard by no signal: nothing begins or ends to wait."""
    if not _ours(row).update(done=done, total=total):
        raise Overtaken


def _ours(row: Errand) -> Any:
    return Errand.objects.filter(pk=row.pk, attempt=row.attempt, state=ErrandState.RUNNING)


def _end(row: Errand, finished: Finished) -> None:
    """The file first, then the row that names it: a process that is killed between the two has ended nothing."""
    facts: dict[str, Any] = {"said": "", "url": "", "file": "", "file_name": "", "rows": None}
    if isinstance(finished, Made):
        name = places.keep_result(row.pk, row.attempt, finished.content)
        facts |= {"file": name, "file_name": finished.name, "content_type": finished.content_type}
        facts |= {"rows": finished.rows, "facts": {**row.facts, "made_of": list(finished.of)}}
    else:
        facts |= {"url": finished.url, "said": finished.sentence, "asks": finished.asks}
    try:
        _close(row, ErrandState.DONE, **facts)
    except Overtaken:
        places.drop(row.pk, facts["file"])
        raise
    places.keep_only(row, facts["file"])


def _failed(row: Errand, sentence: str) -> None:
    try:
        _close(row, ErrandState.FAILED, said=sentence)
    except Overtaken:
        return


def _again(row: Errand) -> None:
    """An error of the program: it waits for the next try of its task, if there is one."""
    tried = DBTaskResult.objects.filter(pk=key_of(do_errand.module_path, kwargs={"errand": str(row.pk)})).first()
    if tried is None or len(tried.worker_ids) <= len(PAUSES):
        try:
            _close(row, ErrandState.ASKED)
        except Overtaken:
            return
    else:
        gave_up(row)


def gave_up(row: Errand) -> None:
    """After all its tries."""
    sentence = _("It did not work because of an error of the program. The administrator sees it too.")
    with transaction.atomic():
        still = Errand.objects.select_for_update(no_key=True).filter(pk=row.pk, state__in=ErrandState.open()).first()
        if still is not None:
            still.state, still.said, still.ended_at, still.seen_at = ErrandState.FAILED, sentence, timezone.now(), None
            still.save(update_fields=["state", "said", "ended_at", "seen_at"])


def _close(row: Errand, state: ErrandState, **facts: Any) -> None:
    with transaction.atomic():
        ours = _ours(row).select_for_update(no_key=True).first()
        if ours is None:
            raise Overtaken
        for name, value in facts.items():
            setattr(ours, name, value)
        ours.state, ours.seen_at = state, None
        ours.ended_at = None if state == ErrandState.ASKED else timezone.now()
        ours.save(update_fields=["state", "ended_at", "seen_at", *facts])
