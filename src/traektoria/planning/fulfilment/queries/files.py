"""Files that show deeds: one that a person may open, and whose they are."""

from collections.abc import Iterator

from django.db.models import Q

from traektoria.people.actor import Actor
from traektoria.planning.fulfilment.models import Deed, DeedFile
from traektoria.planning.fulfilment.queries.times import find_deed


def find_file(actor: Actor, pk: int) -> DeedFile | None:
    """Of a deed that the person may see."""
    found = DeedFile.objects.select_related("deed").filter(pk=pk).first()
    return found if found and find_deed(actor, found.deed_id) else None


def attached_names(*, person_id: int | None = None, centre_id: int | None = None) -> Iterator[str]:
    """Names of the files that this person, or this centre, has attached to deeds. One query."""
    rows = DeedFile.objects.order_by("pk")
    if person_id is not None:
        return rows.filter(by=person_id).values_list("file", flat=True).iterator()
    of_times = Q(deed__occurrence__item__plan__centre=centre_id)
    return rows.filter(of_times | Q(deed__item__plan__centre=centre_id)).values_list("file", flat=True).iterator()


def centre_of_deed(pk: int) -> int | None:
    rows = Deed.objects.filter(pk=pk).values_list("occurrence__item__plan__centre", "item__plan__centre")
    return next((one or other for one, other in rows), None)
