"""A place with a tutor is taken under the lock of the tutor's row: two hands never take the last one."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.core.typography import ru_day
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person
from traektoria.routes.supports.queries.capacity import Places, next_free_day, places_of, teachers_now
from traektoria.tutors.statuses.queries import may_take_teachers


def locked_tutor(tutor_id: int) -> Person:
    """The tutor, whose row is locked until the end of the transaction: the first lock of whatever takes a place."""
    return Person.objects.select_for_update(no_key=True).get(pk=tutor_id)


def check_places(centre: TutorCentre, tutor: Person, teacher_ids: Iterable[int]) -> None:
    """These teachers can be taken, under ``locked_tutor``. Who has a place with the tutor already takes no second one.

    Raises ``Conflict``: ``over_capacity`` with the places and when they become free, ``takes_no_teachers`` where the
    tutor's status is suspended or ended.
    """
    check_takes(centre, tutor)
    new = set(teacher_ids) - teachers_now(centre.pk, tutor.pk)
    places = places_of(centre.pk, [tutor.pk])[tutor.pk]
    if new and len(new) > places.free:
        raise Conflict(_no_places(centre.pk, tutor, places, len(new)), code="over_capacity")


def check_takes(centre: TutorCentre, tutor: Person) -> None:
    if tutor.pk not in may_take_teachers([tutor.pk], centre.pk):
        raise Conflict(
            _("%(name)s takes no new teachers now: the tutor's status is suspended or ended.")
            % {"name": tutor.short_name},
            code="takes_no_teachers",
        )


def _no_places(centre_id: int, tutor: Person, places: Places, wanted: int) -> str:
    """Whose places, how many, and when one becomes free."""
    facts = {"name": tutor.short_name, "total": places.total, "taken": places.taken, "wanted": wanted}
    if places.free:
        said = _("Tutor %(name)s: %(total)s places, %(taken)s taken; %(wanted)s are asked for.")
    else:
        said = _("Tutor %(name)s: %(total)s places, %(taken)s taken, none is free.")
    day = next_free_day(centre_id, tutor.pk)
    if day is None:
        return said % facts
    when = _("The nearest becomes free on %(day)s, or earlier if somebody declines.") % {"day": ru_day(day)}
    return f"{said % facts} {when}"
