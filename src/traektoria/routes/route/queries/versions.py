"""What two versions of a route differ in, in words: pure functions over snapshots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from traektoria.routes.route import fields
from traektoria.routes.route.fields import Field

Snapshot = Mapping[str, Any]


class ItemChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    label: Any
    old: str
    new: str


@dataclass(frozen=True)
class ItemChange:
    """``number`` is the place in the newer version, in the older one for a removed item."""

    kind: ItemChangeKind
    number: int
    task: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class PlanDifference:
    header: tuple[FieldChange, ...]
    items: tuple[ItemChange, ...]
    reordered: bool

    def __bool__(self) -> bool:
        return bool(self.header or self.items or self.reordered)


def difference(old: Snapshot, new: Snapshot) -> PlanDifference:
    """Added, removed and changed items and header fields, old → new."""
    before = {item["id"]: item for item in old["items"]}
    after = {item["id"]: item for item in new["items"]}
    changes = [_item_change(before.get(key), item) for key, item in after.items()]
    gone = [
        ItemChange(ItemChangeKind.REMOVED, item["position"], item["task"])
        for key, item in before.items()
        if key not in after
    ]
    common_before = [key for key in before if key in after]
    common_after = [key for key in after if key in before]
    return PlanDifference(
        _field_changes(fields.HEADER, old, new),
        tuple([change for change in changes if change] + gone),
        common_before != common_after,
    )


def _item_change(old: Snapshot | None, new: Snapshot) -> ItemChange | None:
    if old is None:
        return ItemChange(ItemChangeKind.ADDED, new["position"], new["task"], _as_added(new))
    changed = _field_changes(fields.ITEM, old, new)
    return ItemChange(ItemChangeKind.CHANGED, new["position"], new["task"], changed) if changed else None


def _as_added(new: Snapshot) -> tuple[FieldChange, ...]:
    told = [one for one in fields.ITEM if one.told_of_new]
    said = ((one, fields.in_words(one, new.get(one.name))) for one in told)
    return tuple(FieldChange(one.label, "", words) for one, words in said if words)


def _field_changes(compared: Iterable[Field], old: Snapshot, new: Snapshot) -> tuple[FieldChange, ...]:
    """Where the words differ: a version from before a field was there reads as one that left it empty."""
    told = (
        FieldChange(one.label, fields.in_words(one, old.get(one.name)), fields.in_words(one, new.get(one.name)))
        for one in compared
        if one.label and old.get(one.name) != new.get(one.name)
    )
    return tuple(one for one in told if one.old != one.new)
