"""Each room has one initial migration, which took the place of several: what has them half can't go on from there.

Django would end in a traceback, or make tables anew that are there.
"""

from collections.abc import Collection
from itertools import chain
from typing import Any, Final

from django.conf import settings
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

Key = tuple[str, str]
LAST_WITH_ALL: Final = "31e783e5887e"
"""A commit of 1 December 2026 that still has each migration that an initial took the place of."""


def ours() -> tuple[dict[Key, Migration], set[Key]]:
    """The migrations of the program, and what they stand for: those that one initial took the place of."""
    there = MigrationLoader(None).disk_migrations
    return there, set(chain.from_iterable(migration.replaces for migration in there.values()))


def is_half(applied: Collection[Key], migrations: dict[Key, Migration]) -> bool:
    """Whether a room began with the migrations of before and did not get to their end."""
    there = set(applied)
    return any(
        there & {key, *one.replaces} and not there.issuperset(one.replaces)
        for key, one in migrations.items()
        if type(one).__module__.startswith("traektoria.")
    )


def half_sentence(connection: Any) -> str | None:
    """What to do with this database, where it is one that can't go on; None where it can."""
    applied = MigrationRecorder(connection).applied_migrations()
    if not applied or not is_half(applied, ours()[0]):
        return None
    words = _(
        "The data in %(place)s are of a day before 1 December 2026 and this version can't bring them up. Bring them up "
        "by the version of that day (git checkout %(commit)s, make setup, traektoria migrate), then return to this one."
    )
    said = words % {"place": settings.DATA, "commit": LAST_WITH_ALL}
    if settings.DEMO and connection.vendor == "sqlite":
        fresh = _("If this is only the demo, put the folder aside and repeat: it is filled anew (mv %(old)s %(new)s).")
        said += "\n" + fresh % {"old": settings.DATA, "new": f"{settings.DATA}.before"}
    return said
