"""The coordinator's board: requests that look for a tutor, and the tutors who fit."""

from collections.abc import Collection

from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.needs.queries import still_wanted
from traektoria.routes.supports.queries.suitable_tutors import Fit, ranked, tutors_with_places

BEST = 12


def fitting(need: SupportNeed) -> tuple[list[Fit], int]:
    """``fits_for`` a request that was read whole."""
    named = {one.pk for one in need.teachers.all()}
    return fits_for(need.centre_id, named, need.subject, still_wanted(need))


def fits_for(centre: int, named: Collection[int], subject: str, wanted: int) -> tuple[list[Fit], int]:
    """The best tutors for a request, and how many tutors have no free place. A tutor does not support themselves.
    Bounded queries at any size."""
    found = tutors_with_places(centre, named, subject, wanted or 1)
    free = [fit for fit in found if fit.places.free]
    return ranked(free, group=wanted > 1)[:BEST], len(found) - len(free)
