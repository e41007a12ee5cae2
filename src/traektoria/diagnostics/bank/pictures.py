"""Pictures of items as pages need them."""

from collections.abc import Iterable

from django.urls import reverse

from traektoria.diagnostics.bank.models import ItemPicture
from traektoria.diagnostics.items.markup import ShownPicture


def pictures_of(rows: Iterable[ItemPicture]) -> dict[str, ShownPicture]:
    """Name of a picture → where it is and what it shows; the address lets in whoever may see the item."""
    return {row.name: ShownPicture(reverse("diagnostics:item_picture", args=[row.pk]), row.alt) for row in rows}
