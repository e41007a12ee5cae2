"""Pictures of items as pages need them."""

from collections.abc import Iterable

from django.urls import reverse

from traektoria.diagnostics.bank.models import ItemPicture
from traektoria.diagnostics.items.markup import Shown


def pictures_of(rows: Iterable[ItemPicture]) -> dict[str, Shown]:
    """Name of a picture → where it is and what it shows; the address lets in whoever may see the item."""
    return {row.name: Shown(reverse("diagnostics:item_picture", args=[row.pk]), row.alt) for row in rows}
