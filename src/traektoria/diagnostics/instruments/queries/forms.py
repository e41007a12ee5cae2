"""The forms that people sit: contents of a published version, read once a process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from traektoria.diagnostics.bank.models import ItemPicture
from traektoria.diagnostics.instruments.models import FormItem, InstrumentVersion
from traektoria.diagnostics.items.content import Content, content_of
from traektoria.diagnostics.items.kinds.registry import MARKED_BY_PEOPLE


@dataclass(frozen=True, eq=False)
class Entry:
    """One item of a form as everybody gets it. ``number`` counts what is asked, 0 for a text between questions;
    ``pictures``: name in the texts → id and what it shows."""

    pk: int
    item_id: int
    version_id: int
    number: int
    content: Content
    max_score: Decimal
    pictures: Mapping[str, tuple[int, str]]

    @property
    def prefix(self) -> str:
        return f"i{self.pk}"


@dataclass(frozen=True, eq=False)
class Form:
    """A form of a published version. ``by_pk``: entries by the id of their ``FormItem``; ``asked``: without the texts
    between questions. ``drawn`` keeps unanswered items as HTML, for everybody who sees them in the same order."""

    entries: tuple[Entry, ...]
    asked: tuple[Entry, ...]
    by_pk: Mapping[int, Entry]
    picture_ids: frozenset[int]
    drawn: dict[tuple[int, int, str], str] = field(default_factory=dict, compare=False, repr=False)

    def before(self, entry: Entry) -> tuple[Entry, ...]:
        """The texts that stand between the question before this one and this one."""
        at = self.entries.index(entry)
        start = next((i + 1 for i in range(at - 1, -1, -1) if self.entries[i].number), 0)
        return self.entries[start:at]


def form_of(version: InstrumentVersion, form: str) -> Form:
    """The form's items. No query after the first in this process: a published version never changes."""
    if version.published_at is None:
        return _read(version.pk, form)
    return _published(version.pk, version.published_at, form)


def has_extended(version: InstrumentVersion) -> bool:
    """People mark something in it. No query after the first in this process."""
    if version.published_at is None:
        return _has_extended(version.pk)
    return _published_has_extended(version.pk, version.published_at)


@lru_cache(maxsize=128)
def _published_has_extended(version_id: int, published_at: datetime) -> bool:
    return _has_extended(version_id)


def _has_extended(version_id: int) -> bool:
    return FormItem.objects.filter(version=version_id, item_version__item__kind__in=MARKED_BY_PEOPLE).exists()


@lru_cache(maxsize=128)
def _published(version_id: int, published_at: datetime, form: str) -> Form:
    """``published_at`` is a part of the name, for databases that give a number twice."""
    return _read(version_id, form)


def _read(version_id: int, form: str) -> Form:
    rows = FormItem.objects.filter(version=version_id, form=form).select_related("item_version")
    found = list(rows.order_by("position", "pk"))
    pictures: dict[int, dict[str, tuple[int, str]]] = {}
    items = {row.item_version.item_id for row in found}
    for pk, item, name, alt in ItemPicture.objects.filter(item__in=items).values_list("pk", "item", "name", "alt"):
        pictures.setdefault(item, {})[name] = pk, alt
    entries, number = [], 0
    for row in found:
        content = content_of(row.item_version.content)
        asked = content.asks
        number += asked
        entries.append(_entry(row, content, number if asked else 0, pictures.get(row.item_version.item_id, {})))
    ids = frozenset(pk for entry in entries for pk, _ in entry.pictures.values())
    asked_for = tuple(entry for entry in entries if entry.number)
    return Form(tuple(entries), asked_for, {entry.pk: entry for entry in entries}, ids)


def _entry(row: FormItem, content: Content, number: int, pictures: Mapping[str, tuple[int, str]]) -> Entry:
    version = row.item_version
    return Entry(row.pk, version.item_id, version.pk, number, content, version.max_score, pictures)
