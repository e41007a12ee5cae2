"""Schools of a centre, and which of them is meant by a name that was typed."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.text import squash
from traektoria.engines.plantables.schools import KnownSchool, match_school
from traektoria.organisations.models import School, TutorCentre


def schools_of(centre: TutorCentre) -> QuerySet[School]:
    """Of its municipality, or the one whose own centre it is."""
    if centre.school_id is not None:
        return School.objects.filter(pk=centre.school_id)
    return School.objects.filter(municipality=centre.municipality_id)


def known_schools(centre: TutorCentre) -> Sequence[KnownSchool]:
    """Those that can be meant by a name. One query."""
    rows = schools_of(centre).order_by("sort_name", "pk").values_list("pk", "name", "full_name")
    return [KnownSchool(*row) for row in rows]


def schools_by_names(text: str, centre: TutorCentre) -> tuple[int, ...]:
    """«СОШ № 3; лицей № 1»: each part is exactly one. A query, none for no text. Raises ``Invalid`` with those that may
    be meant."""
    parts = [part for part in map(squash, text.replace(";", ",").split(",")) if part]
    known = known_schools(centre) if parts else []
    return tuple(dict.fromkeys(_one(part, known) for part in parts))


def in_words(schools: Iterable[School]) -> str:
    """So that ``schools_by_names`` finds them again."""
    return "; ".join(one.name for one in schools)


def _one(part: str, known: Sequence[KnownSchool]) -> int:
    same = [one.key for one in known if part.lower() in (one.name.lower(), one.full_name.lower())]
    keys = same or match_school(part, known).keys
    if len(keys) == 1:
        return keys[0]
    names = {one.key: one.name for one in known}
    words = {"part": part, "names": ", ".join(names[key] for key in keys[:5])}
    if not keys:
        raise Invalid(_("No school of the centre is called «%(part)s».") % words, code="no_school_so_called")
    raise Invalid(_("Say which school «%(part)s» is: %(names)s.") % words, code="several_schools_so_called")
