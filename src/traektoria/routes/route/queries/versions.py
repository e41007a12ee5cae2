"""What two versions of a route differ in, in words: pure functions over snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.core.typography import ru_day
from traektoria.routes.route.enums import ActivityKind, ShowingForm

Snapshot = Mapping[str, Any]

HEADER_LABELS = {"title": _("Title"), "goals": _("Goals"), "start": _("Beginning"), "end": _("End")}
ITEM_LABELS = {
    "deficit": _("Deficit"),
    "task": _("What we do"),
    "activity_kind": _("Activity"),
    "resource": _("Resource"),
    "deadline": _("Deadline"),
    "expected_result": _("Expected result"),
    "showing_form": _("Form of showing"),
}
DAYS = {"start", "end", "deadline"}


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
class Difference:
    header: tuple[FieldChange, ...]
    items: tuple[ItemChange, ...]
    reordered: bool

    def __bool__(self) -> bool:
        return bool(self.header or self.items or self.reordered)


def difference(old: Snapshot, new: Snapshot) -> Difference:
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
    return Difference(
        _field_changes(HEADER_LABELS, old, new),
        tuple([change for change in changes if change] + gone),
        common_before != common_after,
    )


def _item_change(old: Snapshot | None, new: Snapshot) -> ItemChange | None:
    if old is None:
        return ItemChange(ItemChangeKind.ADDED, new["position"], new["task"], _as_added(new))
    fields = _field_changes(ITEM_LABELS, old, new)
    return ItemChange(ItemChangeKind.CHANGED, new["position"], new["task"], fields) if fields else None


def _as_added(new: Snapshot) -> tuple[FieldChange, ...]:
    shown = ("activity_kind", "deadline", "expected_result")
    return tuple(FieldChange(ITEM_LABELS[name], "", in_words(name, new[name])) for name in shown if new[name])


def _field_changes(labels: Mapping[str, Any], old: Snapshot, new: Snapshot) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(label, in_words(name, old.get(name)), in_words(name, new.get(name)))
        for name, label in labels.items()
        if old.get(name) != new.get(name)
    )


def in_words(name: str, value: Any) -> str:
    """A value of a plan field as people read it."""
    if value in (None, ""):
        return ""
    if name in DAYS:
        return ru_day(date.fromisoformat(value))
    if name == "activity_kind":
        return str(ActivityKind(value).label)
    if name == "showing_form":
        return str(ShowingForm(value).label)
    return str(value)
