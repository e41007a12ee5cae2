"""What a person may see of centres, schools and calendars."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.core.guard import ActingPerson
from traektoria.core.joined_rows import Joined
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.core.word_search import asked, fits, without
from traektoria.organisations.enums import RegulationState, Role
from traektoria.organisations.models import CalendarPeriod, Regulation, School, SchoolYear, TutorCentre

REGULATION = Joined(Regulation)


def centres_kept_by(actor: ActingPerson) -> QuerySet[TutorCentre]:
    """The centres that the person coordinates."""
    return TutorCentre.objects.filter(pk__in=actor.centres(Role.COORDINATOR)).select_related("municipality", "school")


def centre_of(actor: ActingPerson) -> TutorCentre:
    """The centre in which a coordinator works now: the one they have coordinated longest."""
    first: TutorCentre = _kept().all(limit=1, centres=actor.centres(Role.COORDINATOR))[0]
    return first


@prepared
def _kept() -> QuerySet[TutorCentre]:
    rows = TutorCentre.objects.filter(pk__in=Numbers("centres"))
    return rows.select_related("municipality", "school").order_by("pk")


def schools_visible_to(actor: ActingPerson) -> QuerySet[School]:
    """The schools of the coordinator's centres, in alphabetical order."""
    centres = TutorCentre.objects.filter(pk__in=actor.centres(Role.COORDINATOR))
    whole = centres.filter(school__isnull=True).values("municipality")
    single = centres.filter(school__isnull=False).values("school")
    return School.objects.filter(Q(municipality__in=whole) | Q(pk__in=single))


def schools_found(actor: ActingPerson, text: str) -> list[School]:
    """Those of them that are asked for by words of the name («лицее 4»; «школа 2» is «СОШ № 2» too) or by the code.
    A few hundred at most, with names as they were written, so they are looked through here. One query."""
    words = asked(without(text, "школа"))
    return [one for one in schools_visible_to(actor) if fits(words, f"школа {one.name}", one.full_name, one.digits)]


def periods_visible_to(actor: ActingPerson) -> QuerySet[CalendarPeriod]:
    """The calendar of the coordinator's centres."""
    return CalendarPeriod.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).select_related("school", "year")


def regulation_in_force(centre_id: int, day: date | None = None) -> Regulation:
    """The version of the centre's regulation that is in force on ``day`` (today): the latest that has begun; before the
    first one has begun, the first. Every centre has one: it is founded with a preset. One query."""
    approved = "t.centre_id = %s AND t.state = %s"
    rows = REGULATION.find(approved, centre_id, str(RegulationState.APPROVED), order="t.start, t.number")
    today = day or timezone.localdate()
    begun = [row for row in rows if row.start is not None and row.start <= today]
    return begun[-1] if begun else rows[0]


def periods_for(school: School, centre: TutorCentre, year: SchoolYear) -> list[CalendarPeriod]:
    """The year as one school has it: its own period stands in for the centre's of the same name. One query."""
    periods = CalendarPeriod.objects.filter(centre=centre, year=year).filter(Q(school=None) | Q(school=school))
    own = {period.name: period for period in periods if period.school_id}
    return [period for period in periods if period.school_id or period.name not in own]


def school_year(start_year: int) -> SchoolYear:
    """The school year, made when first spoken of."""
    return SchoolYear.objects.get_or_create(start_year=start_year)[0]
