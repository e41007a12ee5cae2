"""What may be read of results, and by whom."""

from django.db.models import QuerySet

from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.results.matching import school_of_code as school_of_code
from traektoria.results.matching import schools_of_codes as schools_of_codes
from traektoria.results.models import Dataset, DatasetSchool


def visible_to(actor: Actor) -> QuerySet[Dataset]:
    """Datasets of the centres where the person is the coordinator or leads a school. Nobody else sees any."""
    centres = actor.centres(Role.COORDINATOR, *HEADS)
    return Dataset.objects.filter(centre__in=centres).select_related("centre__municipality")


def kept_by(actor: Actor) -> QuerySet[Dataset]:
    """Datasets that the person may change: those of the centres they coordinate."""
    return Dataset.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).select_related("centre__municipality")


def unknown_schools(centre: TutorCentre) -> QuerySet[DatasetSchool]:
    """Schools of the centre's files that nobody has recognised yet."""
    return DatasetSchool.objects.filter(dataset__centre=centre, school=None, not_ours=False, nearby=True)
