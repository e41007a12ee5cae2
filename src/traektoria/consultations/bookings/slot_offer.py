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
    if not any(modes_of(actor, one) for one in actor.centre_ids):
        return {}
    words, before, after = _("Book"), *reverse("consultations:booking_new", args=[0]).split("0", 1)
    return {slot.pk: (words, f"{before}{slot.pk}{after}") for slot in slots if slot.free}


slot_offers.add(SlotOffer("consultations.bookings", 10, offer))
