"""Beside a slot in the list of free time stands where one books it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.source import modes_of
from traektoria.consultations.slots.registries import SlotOffer, slot_offers
from traektoria.people.actor import Actor


def offer(actor: Actor, slots: Sequence[Any]) -> Mapping[int, tuple[str, str]]:
    """To who books at all in the centre of the page: of slots with a free place. No query."""
    centres = {one for one in actor.centre_ids if modes_of(actor, one)}
    return {
        slot.pk: (_("Book"), reverse("consultations:booking_new", args=[slot.pk]))
        for slot in slots
        if slot.free and centres
    }


slot_offers.add(SlotOffer("consultations.bookings", 10, offer))
