"""Writes of a tutor's profile."""

import math
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.profiles.permissions import check_own_profile, check_sets_capacity
from traektoria.tutors.profiles.policies import WeeklySlot, overlapping, sorted_slots
from traektoria.tutors.profiles.week import slot_in_words


@transaction.atomic
def save_profile(*, profile: TutorProfile, availability: Sequence[WeeklySlot], by: Actor, **words: Any) -> TutorProfile:
    """The tutor's own words, weekly hours and capacity. Raises ``Refused`` (another person's), ``Invalid`` (hours that
    overlap or end before they begin)."""
    check_own_profile(by, profile)
    _check_slots(availability)
    row = TutorProfile.objects.select_for_update(of=("self",), no_key=True).get(pk=profile.pk)
    row.availability = [slot.kept() for slot in sorted_slots(availability)]
    for name, value in words.items():
        setattr(row, name, value)
    row.save()
    audit.record("tutor_profile.change", row, by=by)
    return row


def _check_slots(slots: Sequence[WeeklySlot]) -> None:
    for slot in slots:
        if slot.end <= slot.start:
            raise Invalid(
                _("%(slot)s: the end must be later than the beginning.") % {"slot": slot_in_words(slot)},
                code="slot_swapped",
            )
    pair = overlapping(slots)
    if pair:
        names = {"one": slot_in_words(pair[0]), "other": slot_in_words(pair[1])}
        raise Invalid(_("%(one)s and %(other)s overlap: leave one of them.") % names, code="slots_overlap")


@transaction.atomic
def set_capacity(*, profile: TutorProfile, teachers_at_once: int, hours_a_month: int, by: Actor) -> TutorProfile:
    """How many teachers at once and hours a month. Raises ``Refused``."""
    check_sets_capacity(by, profile)
    row = TutorProfile.objects.select_for_update(of=("self",), no_key=True).get(pk=profile.pk)
    row.teachers_at_once, row.hours_a_month = teachers_at_once, hours_a_month
    row.save(update_fields=["teachers_at_once", "hours_a_month", "updated_at"])
    audit.record("tutor_profile.capacity", row, by=by, teachers=teachers_at_once, hours=hours_a_month)
    return row


MOST_HOURS = 400


def ensure_profile(*, person: Person, centre: TutorCentre, subjects: list[str]) -> TutorProfile:
    """The profile of a tutor, made with the usual capacity of the regulation when there is none yet."""
    usual = {"subjects": list(subjects), **usual_capacity(centre)}
    return TutorProfile.objects.get_or_create(person=person, centre=centre, defaults=usual)[0]


def usual_capacity(centre: TutorCentre) -> dict[str, int]:
    """What the regulation expects of a tutor who has not said otherwise."""
    support = rules_of(regulation_in_force(centre.pk)).support
    hours = min(MOST_HOURS, math.ceil(support.teachers_at_once * support.hours_a_teacher))
    return {"teachers_at_once": support.teachers_at_once, "hours_a_month": hours}
