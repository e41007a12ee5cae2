"""The folders of an installation, and what its rows name in them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models

from traektoria.core.installation.sources import NamedFile, stored_files

DATASETS, UPLOADS = "datasets", "uploads"
INCOMING, TEMPORARY, ASIDE, ERRANDS = "incoming", "temporary", "aside", "errands"
KEPT = (DATASETS, UPLOADS)
"""What is kept for good, named by rows: the rest may be lost without loss."""


@dataclass(frozen=True)
class Root:
    """A folder of the installation by its short name."""

    slug: str
    path: Path

    @property
    def outside(self) -> bool:
        """Set apart from the data folder, so that it carries a mark of its own."""
        return not self.path.is_relative_to(Path(settings.DATA).resolve())


def root(slug: str) -> Root:
    """The folder as it is set now."""
    data = Path(settings.DATA)
    places: dict[str, Any] = {
        DATASETS: settings.DATASETS,
        UPLOADS: settings.MEDIA_ROOT,
        TEMPORARY: settings.FILE_UPLOAD_TEMP_DIR,
        "cache": settings.CACHES["default"]["LOCATION"],
        "ballots": settings.BALLOTS,
    }
    return Root(slug, Path(places.get(slug) or data / slug).resolve())


def kept() -> list[Root]:
    return [root(slug) for slug in KEPT]


def named(slug: str, using: str = DEFAULT_DB_ALIAS, only: str = "") -> Iterator[NamedFile]:
    """Everything that rows name under the root: files of every ``FileField`` (the one called ``only``, where that is
    given), and what rooms registered."""
    if slug == UPLOADS:
        yield from _files(using, only)
    for source in stored_files:
        if source.root == slug:
            yield from source.named(using)


def file_fields() -> Iterator[tuple[type[models.Model], models.FileField]]:
    """Every field of the product that names a stored file."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and model._meta.managed and not model._meta.proxy:
                yield model, field


def _files(using: str, only: str) -> Iterator[NamedFile]:
    for model, field in file_fields():
        digest = "sha256" if any(other.attname == "sha256" for other in model._meta.concrete_fields) else "pk"
        digest = "pk" if getattr(model, "drawn_anew", False) else digest  # of what was sent, not of what is kept
        rows = model._base_manager.using(using).exclude(**{field.attname: ""}).values_list("pk", field.attname, digest)
        rows = rows.filter(**{field.attname: only}) if only else rows
        for pk, name, found in rows.order_by("pk").iterator(chunk_size=2000):
            if name:
                yield NamedFile(UPLOADS, name, f"{model._meta.label} {pk}", found if digest == "sha256" else "")


def is_named(slug: str, name: str) -> bool:
    """Whether a row names what has this name under the root."""
    return any(each.name == name for each in named(slug, only=name))


def is_hidden(name: str) -> bool:
    """Marks and unfinished things begin with a dot: they are nobody's files."""
    return name.startswith(".")


def files_under(folder: Path) -> Iterator[Path]:
    """Every file below, hidden names left out, in order; links are not followed."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not is_hidden(each))
        yield from (Path(here) / name for name in sorted(files) if not is_hidden(name))


def things_in(place: Root) -> Iterator[str]:
    """What lies under a root of kept things, as rows would name it: folders of datasets, files of uploads."""
    if not place.path.is_dir():
        return
    if place.slug == DATASETS:
        yield from sorted(path.name for path in place.path.iterdir() if path.is_dir() and not is_hidden(path.name))
        return
    yield from (path.relative_to(place.path).as_posix() for path in files_under(place.path))
