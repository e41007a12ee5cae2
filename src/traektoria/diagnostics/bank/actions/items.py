"""What happens to items of the bank. A version is never edited: changed content is a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.shared_forms import ChangedMeanwhile, stamp
from traektoria.diagnostics.bank.models import BankItem, ItemPicture, ItemVersion
from traektoria.diagnostics.bank.permissions import check_keeps_bank
from traektoria.diagnostics.bank.queries import said_by
from traektoria.diagnostics.items.checks import check_formulas
from traektoria.diagnostics.items.content import Content
from traektoria.diagnostics.items.questions import NAME
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor


@dataclass(frozen=True)
class NewPicture:
    """A picture to keep with an item; ``name`` is how texts call it."""

    name: str
    media_type: str
    data: bytes
    alt: str = ""


@transaction.atomic
def add_item(
    *,
    centre: TutorCentre,
    content: Content,
    max_score: Decimal,
    fields: Mapping[str, str],
    by: Actor,
    pictures: Iterable[NewPicture] = (),
) -> BankItem:
    """Put an item with its first version into the bank. ``fields`` are its tags (``bank.queries.TAG_FIELDS``)."""
    check_keeps_bank(by, centre.pk)
    check_formulas(content)
    item = BankItem.objects.create(centre=centre, kind=content.kind, **fields)
    keep_pictures(item, pictures)
    _turn_to(item, content.model_dump(mode="json"), max_score, by)
    audit.record("bank.add", item, by=by)
    return item


@transaction.atomic
def change_item(
    *,
    item: BankItem,
    content: Content,
    max_score: Decimal,
    fields: Mapping[str, str],
    by: Actor,
    pictures: Iterable[NewPicture] = (),
    seen: str = "",
) -> BankItem:
    """Write the tags; what is asked, only if it differs, and then as a new version. Raises ``ChangedMeanwhile``."""
    check_keeps_bank(by, item.centre_id)
    row = _locked(item)
    if seen and seen != (now := stamp(said_by(row))):
        raise ChangedMeanwhile(now)
    check_formulas(content)
    if content.kind != row.kind:
        raise Invalid(_("An item keeps its kind: make a new one."), code="other_kind")
    stored = content.model_dump(mode="json")
    asks_anew = row.current is None or (row.current.content, row.current.max_score) != (stored, max_score)
    retagged = any(getattr(row, name) != value for name, value in fields.items())
    keep_pictures(row, pictures)
    for name, value in fields.items():
        setattr(row, name, value)
    if asks_anew:
        version = _turn_to(row, stored, max_score, by)
        audit.record("bank.change", row, by=by, number=version.number)
    elif retagged:
        row.save()
        audit.record("bank.tag", row, by=by)
    return row


@transaction.atomic
def archive_item(*, item: BankItem, by: Actor) -> BankItem:
    """Take the item out of what is offered; instruments that have it keep it."""
    return _put_away(item, True, by)


@transaction.atomic
def restore_item(*, item: BankItem, by: Actor) -> BankItem:
    return _put_away(item, False, by)


@transaction.atomic
def copy_item(*, item: BankItem, by: Actor) -> BankItem:
    """A new item that asks the same, with the same tags and pictures and no statistics."""
    check_keeps_bank(by, item.centre_id)
    row = _locked(item)
    if row.current is None:
        raise Conflict(_("There is nothing to copy yet."), code="nothing_asked")
    names = ("kind", "subject", "block", "topic", "level", "kes", "kt", "source", "labels")
    name = _("%(name)s, copy") % {"name": row.name[: NAME - 20]}
    copy = BankItem.objects.create(centre_id=row.centre_id, name=name, **{one: getattr(row, one) for one in names})
    keep_pictures(copy, [_as_new(picture) for picture in row.pictures.all()])
    _turn_to(copy, row.current.content, row.current.max_score, by)
    audit.record("bank.copy", copy, by=by, source=row.pk)
    return copy


@transaction.atomic
def describe_picture(*, picture: ItemPicture, alt: str, by: Actor) -> ItemPicture:
    """Say what the picture shows."""
    check_keeps_bank(by, picture.item.centre_id)
    if picture.alt != alt:
        picture.alt = alt
        picture.save(update_fields=["alt"])
        audit.record("bank.describe_picture", picture.item, by=by)
    return picture


def keep_pictures(item: BankItem, pictures: Iterable[NewPicture]) -> None:
    """Write pictures under names that are free, or already theirs: versions show what they showed."""
    known = {row.name: row.sha256 for row in item.pictures.all()}
    for picture in pictures:
        digest = sha256(picture.data).hexdigest()
        if known.get(picture.name) == digest:
            continue
        if picture.name in known:
            raise Conflict(_("There is another picture called “%(name)s”.") % {"name": picture.name}, code="name_taken")
        row = ItemPicture(item=item, name=picture.name, media_type=picture.media_type, sha256=digest, alt=picture.alt)
        row.file.save(f"{digest}.{picture.media_type.rpartition('/')[2]}", ContentFile(picture.data), save=False)
        row.save()
        known[picture.name] = digest


def _as_new(row: ItemPicture) -> NewPicture:
    with row.file.open("rb") as file:
        return NewPicture(row.name, row.media_type, file.read(), row.alt)


def _turn_to(item: BankItem, stored: dict[str, Any], max_score: Decimal, by: Actor) -> ItemVersion:
    """A new version of the item, and its newest one."""
    number = (item.current.number if item.current else 0) + 1
    item.current = ItemVersion.objects.create(
        item=item, number=number, content=stored, max_score=max_score, created_by_id=by.person_id
    )
    item.save()
    return item.current


def _put_away(item: BankItem, archived: bool, by: Actor) -> BankItem:
    check_keeps_bank(by, item.centre_id)
    row = _locked(item)
    if row.archived != archived:
        row.archived = archived
        row.save(update_fields=["archived"])
        audit.record("bank.archive" if archived else "bank.restore", row, by=by)
    return row


def _locked(item: BankItem) -> BankItem:
    return BankItem.objects.select_for_update(of=("self",), no_key=True).select_related("current").get(pk=item.pk)
