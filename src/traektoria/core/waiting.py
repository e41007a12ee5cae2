"""What waits for a person is written when it begins to wait (docs/adr/0033-waiting.md, ``core.ledgers``).

A room registers a ``WaitingSource`` (``waits``): ``rows`` says who waits because of which objects.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from django.utils import timezone

from traektoria.core.ledgers import Difference as Difference
from traektoria.core.ledgers import Key, Ledger
from traektoria.core.ledgers import differences as differences
from traektoria.core.ledgers import gathered as gathered
from traektoria.core.ledgers import mend as mend
from traektoria.core.ledgers import renew as renew
from traektoria.core.ledgers import renew_keys as renew_keys
from traektoria.core.ledgers import renew_new as renew_new
from traektoria.core.models import Waiting
from traektoria.core.registries import Wait, WaitingKind, WaitingSource, waiting_sources

OVER: Final = timedelta(days=2)
"""So long after ``shows_until`` it is over in every zone."""
_PLAIN: Final = ("centre_id", "about_id", "due", "shows_from", "shows_until")


class _Waits(Ledger[Waiting, Wait]):
    def wanted(self, source: WaitingSource, told: Iterable[Wait]) -> Iterator[tuple[Key, Wait]]:
        over = timezone.localdate() - OVER
        for wait in told:
            if wait.due is not None and wait.kind not in source.with_a_due_day:
                raise LookupError(f"{wait.kind} has a due day: say its letter, or why there is none")
            if wait.shows_until is None or wait.shows_until >= over:
                yield (wait.kind, wait.to, str(getattr(wait.obj, "pk", wait.obj))), wait

    def key_of(self, row: Waiting) -> Key:
        return row.kind, row.addressee, row.object_id

    def is_as(self, row: Waiting, told: Wait) -> bool:
        same = all(getattr(row, name) == getattr(told, name) for name in _PLAIN)
        same = same and row.facts == dict(told.facts) and row.not_for == _between(told.not_for)
        return same and (told.since is None or row.since == told.since)

    def made(self, label: str, key: Key, told: Wait, old: Waiting | None) -> Waiting:
        return Waiting(
            kind=key[0],
            addressee=key[1],
            object_kind=label,
            object_id=key[2],
            not_for=_between(told.not_for),
            facts=dict(told.facts),
            since=told.since or (old.since if old else timezone.now()),
            **{name: getattr(told, name) for name in _PLAIN},
        )

    def is_wrong(self, row: Waiting) -> bool:
        """What is long over is forgotten without a word."""
        return row.shows_until is None or row.shows_until >= timezone.localdate() - OVER


_ledger: Final = _Waits("waiting", Waiting, waiting_sources, ("addressee", "kind", "object_kind", "object_id"))


def waits(source: WaitingSource) -> None:
    """Register a source and listen to its model and to what it watches."""
    _ledger.listen(source)


def kinds() -> dict[str, WaitingKind]:
    return {kind.slug: kind for source in waiting_sources for kind in source.kinds}


def _between(ids: tuple[int, ...]) -> str:
    """« 12 15 », so that «% 12 %» finds one of them."""
    return f" {' '.join(map(str, ids))} " if ids else ""
