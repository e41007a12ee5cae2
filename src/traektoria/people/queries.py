"""What a person may see of people, their work and accounts."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from traektoria.core.models import AuditEvent
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import centres_kept_by, schools_visible_to
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import AccessRecord, Employment, Person, RoleAssignment, TaughtClass


def current_school_year(today: date | None = None) -> int:
    """The year that the school year began in: from August on it is the new one."""
    day = today or timezone.localdate()
    return day.year if day.month >= 8 else day.year - 1


def kept_by(actor: Actor) -> QuerySet[Person]:
    """People whom a coordinator keeps: staff of the centre's schools and those with a role in the centre."""
    at_schools = Employment.objects.filter(school__in=schools_visible_to(actor)).values("person")
    with_roles = RoleAssignment.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).values("person")
    return Person.objects.filter(Q(pk__in=at_schools) | Q(pk__in=with_roles))


def colleagues_of(actor: Actor) -> QuerySet[Person]:
    """Whom a head sees in the staff list: those who work at the head's school today."""
    at_schools = Employment.objects.filter(in_force(timezone.localdate()), school__in=actor.schools(*HEADS))
    return Person.objects.filter(pk__in=at_schools.values("person"))


def listed_for(actor: Actor) -> QuerySet[Person]:
    """The staff list: of the centre for its coordinator, of the school for its head."""
    return kept_by(actor) if actor.is_coordinator else colleagues_of(actor)


def with_work(people: QuerySet[Person], actor: Actor) -> QuerySet[Person]:
    """Lists show employment, roles and account: three more queries whatever the length."""
    today = timezone.localdate()
    schools: QuerySet[School] = schools_visible_to(actor) if actor.is_coordinator else School.objects.filter(
        pk__in=actor.schools(*HEADS)
    )  # fmt: skip
    work = Employment.objects.filter(in_force(today), school__in=schools).select_related("school")
    roles = RoleAssignment.objects.filter(in_force(today), centre__in=actor.centre_ids)
    return people.select_related("account").prefetch_related(
        Prefetch("employments", work, to_attr="work"), Prefetch("roles", roles, to_attr="roles_now")
    )


def schools_listed_for(actor: Actor) -> QuerySet[School]:
    """The schools by which the staff list can be filtered."""
    return schools_visible_to(actor) if actor.is_coordinator else School.objects.filter(pk__in=actor.schools(*HEADS))


def employments_kept_by(actor: Actor) -> QuerySet[Employment]:
    """Work at the schools of the coordinator's centres."""
    return Employment.objects.filter(school__in=schools_visible_to(actor)).select_related("person", "school")


def roles_kept_by(actor: Actor) -> QuerySet[RoleAssignment]:
    """Roles in the coordinator's centres."""
    return RoleAssignment.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).select_related("person", "centre")


def employments_of(person: Person, schools: QuerySet[School] | None = None) -> list[Employment]:
    """Work of a person with the classes taught, the newest year first."""
    classes = TaughtClass.objects.select_related("year").order_by("-year__start_year", "subject", "grade", "letter")
    rows = person.employments.select_related("school").prefetch_related(Prefetch("classes", classes))
    return list(rows if schools is None else rows.filter(school__in=schools))


def openings_of(person: Person, limit: int = 50) -> list[AccessRecord]:
    """Who opened this person's data, the newest first; their own looks are left out."""
    account = getattr(person, "account", None)
    records = AccessRecord.objects.filter(person_id=person.pk)
    if account:
        records = records.exclude(account_id=account.pk)
    return list(records[:limit])


def erasure_events(people: Iterable[int]) -> dict[int, AuditEvent]:
    """The last word on erasure of each person's data: asked for, or answered."""
    events = AuditEvent.objects.filter(
        object_kind="people.person", object_id__in=list(people), event__in=[ERASURE_ASKED, ERASURE_ANSWERED]
    )
    return {event.object_id: event for event in events}


ERASURE_ASKED, ERASURE_ANSWERED = "people.erasure_requested", "people.erasure_answered"


def open_erasures(centres: Iterable[int]) -> list[AuditEvent]:
    """Requests for erasure that nobody has answered yet. One query."""
    last: dict[int, AuditEvent] = {}
    for event in AuditEvent.objects.filter(
        centre_id__in=list(centres), event__in=[ERASURE_ASKED, ERASURE_ANSWERED], object_kind="people.person"
    ):
        last[event.object_id] = event
    return [event for event in last.values() if event.event == ERASURE_ASKED]


def working_at(school: School, actor: Actor) -> QuerySet[Person]:
    """Staff of one school whose accounts the coordinator keeps: those without power elsewhere."""
    today = timezone.localdate()
    work = Employment.objects.filter(in_force(today), school=school)
    elsewhere = RoleAssignment.objects.filter(in_force(today)).exclude(centre__in=actor.centres(Role.COORDINATOR))
    people = Person.objects.filter(pk__in=work.values("person")).exclude(pk__in=elsewhere.values("person"))
    return people.exclude(pk=actor.person_id or 0).select_related("account")


def centres_to_fill(actor: Actor) -> QuerySet[TutorCentre]:
    """The coordinator's centres that have no schools (``has_schools`` is false) or nobody in them yet. One query."""
    schools = School.objects.filter(municipality=OuterRef("municipality"))
    staff = Employment.objects.filter(school__municipality=OuterRef("municipality"))
    own_staff = Employment.objects.filter(school=OuterRef("school"))
    bare = Q(school__isnull=True) & ~Exists(staff) | Q(school__isnull=False) & ~Exists(own_staff)
    return centres_kept_by(actor).filter(bare).annotate(has_schools=Exists(schools))
