"""What happens to the items of a draft: they are added, moved, taken out, replaced."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.diagnostics.bank.models import BankItem, ItemVersion
from traektoria.diagnostics.instruments.actions.versions import draft_locked, save_settings
from traektoria.diagnostics.instruments.item_kinds import forms_of, kinds_for
from traektoria.diagnostics.instruments.models import FormItem, InstrumentVersion
from traektoria.diagnostics.instruments.settings import Settings
from traektoria.diagnostics.items.content import content_of
from traektoria.people.actor import Actor

MOST_ITEMS = 300
"""Items in one form."""


@transaction.atomic
def add_items(
    *, version: InstrumentVersion, item_versions: Sequence[ItemVersion], by: Actor, form: str | None = None
) -> int:
    """Add items to the end of a form of a draft (form A or the only one, where none is said); how many were added.

    An item that stands in the form already is passed over, in whatever version. New scales of statements become scales
    of the questionnaire. Raises ``Invalid`` for items of another centre, of a kind that does not fit, or archived ones.
    """
    row = draft_locked(version, by)
    settings = Settings.model_validate(row.settings)
    known = forms_of(settings.two_forms)
    place = form if form in known else known[0]
    there = set(row.items.filter(form=place).values_list("item_version__item", flat=True))
    new = [one for one in {one.item_id: one for one in item_versions}.values() if one.item_id not in there]
    _check_fit(row, new, len(there))
    last = row.items.filter(form=place).aggregate(last=Max("position"))["last"] or 0
    FormItem.objects.bulk_create(
        FormItem(version=row, form=place, position=last + step, item_version=one) for step, one in enumerate(new, 1)
    )
    if new:
        audit.record("instrument.add_items", row.instrument, by=by, number=row.number, items=len(new))
        _name_scales(row, settings, new, by)
    return len(new)


@transaction.atomic
def move_item(*, form_item: FormItem, steps: int, by: Actor) -> None:
    """Move an item of a draft up (negative ``steps``) or down in its form; at the ends it stays."""
    row = draft_locked(form_item.version, by)
    order = _form_of(row, form_item)
    old = next(place for place, one in enumerate(order) if one.pk == form_item.pk)
    order.insert(min(max(old + steps, 0), len(order) - 1), order.pop(old))
    _number(order)


@transaction.atomic
def remove_item(*, form_item: FormItem, by: Actor) -> None:
    """Take an item out of a draft; in the bank it stays."""
    row = draft_locked(form_item.version, by)
    rest = [one for one in _form_of(row, form_item) if one.pk != form_item.pk]
    form_item.delete()
    _number(rest)
    audit.record("instrument.remove_item", row.instrument, by=by, number=row.number)


@transaction.atomic
def replace_item(*, form_item: FormItem, item_version: ItemVersion, by: Actor) -> FormItem:
    """Put another item (or a newer version of the same) into the place of one. Raises ``Invalid`` where it can't be."""
    row = draft_locked(form_item.version, by)
    place = next(one for one in _form_of(row, form_item) if one.pk == form_item.pk)
    others = row.items.filter(form=place.form).exclude(pk=place.pk)
    if others.filter(item_version__item=item_version.item_id).exists():
        raise Invalid(_("This item is in the form already."), code="twice")
    _check_fit(row, [item_version], 0)
    place.item_version = item_version
    place.save(update_fields=["item_version"])
    audit.record("instrument.replace_item", row.instrument, by=by, number=row.number)
    return place


def _form_of(row: InstrumentVersion, form_item: FormItem) -> list[FormItem]:
    """The form of the item in its order. Raises ``Conflict`` when the item is there no longer."""
    order = list(row.items.filter(form=form_item.form).order_by("position", "pk"))
    if all(one.pk != form_item.pk for one in order):
        raise Conflict(_("This item is no longer in the work. Open the page again."), code="gone")
    return order


def _number(order: Iterable[FormItem]) -> None:
    rows = list(order)
    for position, one in enumerate(rows, start=1):
        one.position = position
    FormItem.objects.bulk_update(rows, ["position"])


def _check_fit(row: InstrumentVersion, new: Sequence[ItemVersion], there: int) -> None:
    items = BankItem.objects.filter(pk__in=[one.item_id for one in new], centre=row.centre_id, archived=False)
    fitting = items.filter(kind__in=kinds_for(row.instrument.kind)).count()
    if fitting < len(new):
        raise Invalid(_("Some of the items do not fit into this instrument, or are archived."), code="unfit")
    if there + len(new) > MOST_ITEMS:
        raise Invalid(_("A form has at most %(most)s items.") % {"most": MOST_ITEMS}, code="too_many")


def _name_scales(row: InstrumentVersion, settings: Settings, new: Sequence[ItemVersion], by: Actor) -> None:
    contents = [content_of(one.content) for one in new]
    named = [one.scale_name for one in contents if one.scale_name]
    scales = tuple(dict.fromkeys([*settings.scales, *named]))
    if scales != settings.scales:
        save_settings(row, settings.model_copy(update={"scales": scales}), by)
