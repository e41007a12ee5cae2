"""«Load of tutors»: the rows of a centre, or the tutor's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.load.months import MonthLoad, loads_of, month_of
from traektoria.consultations.load.sentences import left_in_words, parts_in_words
from traektoria.core.typography import in_hours
from traektoria.organisations import zones
from traektoria.people.actor import Actor, Grant
from traektoria.people.enums import Role
from traektoria.routes.tutees.queries import tutor_names


@dataclass(frozen=True)
class MonthCell:
    """A month of a tutor in words: what is left (empty where nothing is offered), and what it is made of; ``look``
    where it is to be noticed."""

    look: str
    main: str
    parts: str


@dataclass(frozen=True)
class TutorRow:
    """``months`` in the order of the page."""

    tutor: int
    name: str
    months: list[MonthCell]


@dataclass(frozen=True)
class CentreLoad:
    centre: int
    name: str
    rows: list[TutorRow]


def load_page(actor: Actor, months: Sequence[date]) -> list[CentreLoad]:
    """Each centre that the person coordinates with all its tutors; where they are a tutor alone, their own row. Two
    queries a centre."""
    return [_centre(actor, grant, months) for grant in _centres(actor)]


def own_loads(actor: Actor, centre: int = 0) -> list[tuple[str, str]]:
    """This month of a tutor, in one ``centre`` or each: (its name, words) where a number of hours is offered. One query
    a centre."""
    held = [one for one in _grants(actor, Role.TUTOR) if centre in (0, one.centre_id)]
    said = [(one.centre_name, left_in_words(_now(actor, one))) for one in held]
    return [(centre, words) for centre, words in said if words]


def _now(actor: Actor, grant: Grant) -> MonthLoad:
    zone = zones.zone(grant.time_zone)
    return month_of(grant.centre_id or 0, actor.person_id or 0, timezone.localdate(timezone=zone), zone)


def _centres(actor: Actor) -> list[Grant]:
    keeps = _grants(actor, Role.COORDINATOR)
    kept = {one.centre_id for one in keeps}
    return [*keeps, *(one for one in _grants(actor, Role.TUTOR) if one.centre_id not in kept)]


def _grants(actor: Actor, role: Role) -> list[Grant]:
    """One for each centre, by its number."""
    held = {one.centre_id: one for one in actor.grants if one.role == role and one.centre_id}
    return [held[pk] for pk in sorted(held, key=lambda pk: pk or 0)]


def _centre(actor: Actor, grant: Grant, months: Sequence[date]) -> CentreLoad:
    centre = grant.centre_id or 0
    found = loads_of(centre, months, zones.zone(grant.time_zone))
    keeps = grant.role == Role.COORDINATOR
    names = tutor_names([centre]) if keeps else {actor.person_id or 0: actor.name}
    nothing = [MonthLoad(day) for day in months]
    return CentreLoad(
        centre,
        grant.centre_name,
        [TutorRow(pk, name, list(map(_cell, found.get(pk, nothing)))) for pk, name in names.items()],
    )


def _cell(load: MonthLoad) -> MonthCell:
    parts = parts_in_words(load)
    if load.limit is None:
        return MonthCell("", "", ", ".join(filter(None, (_("no number of hours in the profile"), parts))))
    if not load.taken:
        return MonthCell("", _("all %(hours)s are free") % {"hours": in_hours(load.limit)}, "")
    if load.over:
        return MonthCell("warning", _("%(hours)s over") % {"hours": in_hours(load.over)}, parts)
    return MonthCell("" if load.left else "info", _("%(hours)s left") % {"hours": in_hours(load.left or 0)}, parts)
