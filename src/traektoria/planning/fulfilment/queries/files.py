"""Files that show deeds: one that a person may open."""

from traektoria.people.actor import Actor
from traektoria.planning.fulfilment.models import DeedFile
from traektoria.planning.fulfilment.queries.times import find_deed


def find_file(actor: Actor, pk: int) -> DeedFile | None:
    """Of a deed that the person may see."""
    found = DeedFile.objects.select_related("deed").filter(pk=pk).first()
    return found if found and find_deed(actor, found.deed_id) else None
