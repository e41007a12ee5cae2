"""What has to be cleared away, and the only place that clears it: what this database wrote down as its own leaving.

A name is written down before the thing is made (``expect``) or in the transaction that lets it go (``let_go``). What
nobody finished is moved aside for thirty days first; what was deleted on purpose goes at once. Nothing else is touched.
"""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from traektoria.core.installation.identity import settle
from traektoria.core.installation.locks import erasing
from traektoria.core.installation.roots import ASIDE, TEMPORARY, is_named, root
from traektoria.core.models import Leaving

DAY = timedelta(days=1)
KEPT_ASIDE = timedelta(days=30)
UPLOADED = "tmp*.upload*"
"""How Django calls the file of a request that is being read."""


def expect(slug: str, names: Iterable[str], *, aside: bool, days: int = 1) -> None:
    """Write down what is about to be made: ``days`` later, if still nobody's, it goes (``aside``: it is put away).

    Raises ``Apart``: in the folder of another installation nothing is begun.
    """
    settle()
    due = timezone.now() + timedelta(days=days)
    Leaving.objects.bulk_create([Leaving(root=slug, name=name, due_at=due, aside=aside) for name in names])


def done(slug: str, names: Iterable[str]) -> None:
    """They have an owner now, or are gone."""
    Leaving.objects.filter(root=slug, name__in=list(names)).delete()


def let_go(slug: str, name: str) -> None:
    """Erase after the commit what a row owned until now; killed before that, the next sweep does it."""
    due = timezone.now()
    Leaving.objects.update_or_create(root=slug, name=name, defaults={"due_at": due, "aside": False})
    transaction.on_commit(lambda: _clear(Leaving.objects.filter(root=slug, name=name)), robust=True)


def sweep(now: datetime | None = None) -> int:
    """Clear what is due. How many. Raises ``Apart``."""
    return _clear(Leaving.objects.filter(due_at__lte=now or timezone.now()))


def _clear(rows: Iterable[Leaving]) -> int:
    due = list(rows)
    if not due:
        return 0
    settle()
    with erasing() as allowed:  # not while a backup reads the files
        return sum(_clear_one(row) for row in due) if allowed else 0


def _clear_one(row: Leaving) -> bool:
    """Whether something went. What a row names is no leaving any more."""
    path = root(row.root).path / row.name
    if row.root != ASIDE and is_named(row.root, row.name):
        row.delete()
        return False
    there = path.exists()
    if row.aside and there:
        _put_aside(row, path)
        return True
    _erase(path)
    if not path.exists():
        row.delete()
    return there


def _put_aside(row: Leaving, path: Path) -> None:
    with transaction.atomic():
        name = aside_name(row.root, row.name)
        row.root, row.name, row.due_at, row.aside = ASIDE, name, timezone.now() + KEPT_ASIDE, False
        row.save()
        move_aside(path, name)


def aside_name(slug: str, name: str) -> str:
    """«2026-11-28/datasets/…»: when it was put away and where from."""
    return f"{timezone.localdate():%Y-%m-%d}/{slug}/{name}"


def move_aside(path: Path, name: str) -> Path:
    """Move a file or a folder into quarantine; what has the name already stays. Where it lies now."""
    target = root(ASIDE).path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target = target.with_name(f"{target.name}.{timezone.now():%H%M%S%f}")
    shutil.move(path, target)
    return target


def _erase(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def sweep_uploads() -> int:
    """Remove files of requests that died with their process more than a day ago. How many. Raises ``Apart``."""
    settle()
    limit, folder = (timezone.now() - DAY).timestamp(), root(TEMPORARY).path
    old = [path for path in folder.glob(UPLOADED) if path.is_file() and path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
