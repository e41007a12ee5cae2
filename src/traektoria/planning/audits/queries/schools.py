"""Schools of a centre."""

from django.db.models import QuerySet

from traektoria.organisations.models import School, TutorCentre


def schools_of(centre: TutorCentre) -> QuerySet[School]:
    """Of its municipality, or the one whose own centre it is."""
    if centre.school_id is not None:
        return School.objects.filter(pk=centre.school_id)
    return School.objects.filter(municipality=centre.municipality_id)
