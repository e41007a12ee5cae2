"""How the parties of a route are named on its card: kept with the version from the moment it comes in force.

A later change of a name, a post, a school or the centre changes no card of that version. Who joins or takes over while
it is in force is named as of that day.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from traektoria.core.boxes import readable
from traektoria.core.school_year import year_of
from traektoria.engines.criteria import WorkInterval, service
from traektoria.engines.declension import Case, decline, decline_title
from traektoria.organisations.zones import in_time_of
from traektoria.people.actor import in_force
from traektoria.people.models import Employment, Person, TaughtClass
from traektoria.people.names import name_of
from traektoria.people.vocabulary import class_name
from traektoria.routes.route.models import LearningRoute, RouteVersion
from traektoria.routes.route.queries.route import living_route
from traektoria.routes.tutees.models import TutorSupport


def keep_names(route: LearningRoute) -> None:
    """Write the names into the version in force; who is named there already stays as they are named."""
    version = route.versions.filter(number=route.version).first()
    if version is None or route.in_force_since is None:
        return
    now = asdict(names_now(route, version))
    kept = version.printed or now
    version.printed = {**kept, "people": {**now["people"], **kept["people"]}}
    version.save(update_fields=["printed"])


def keep_newcomers(support: TutorSupport) -> None:
    """The same for the route of a support that somebody has joined or taken over."""
    route = living_route(support)
    if route is not None:
        keep_names(route)


@dataclass(frozen=True)
class NamedPerson:
    """A person on a card. ``post`` is the position at the school, in one line. A fact added later has a default:
    versions were kept without it."""

    name: str
    short: str
    name_genitive: str
    school: str
    position: str
    position_genitive: str
    category: str = ""
    service_years: int | None = None
    subject: str = ""
    classes: str = ""
    post: str = ""


@dataclass(frozen=True)
class PrintedFacts:
    """What ``RouteVersion.printed`` holds."""

    centre: str
    municipality: str
    zone: str
    group: str
    people: dict[str, NamedPerson]


_KEPT = TypeAdapter(PrintedFacts)


def names_of(route: LearningRoute, version: RouteVersion | None) -> PrintedFacts | None:
    """What a card prints of the parties, kept or as of now; None where what is kept can't be read."""
    kept = version.printed if version is not None else {}
    if not kept:
        return names_now(route, version)
    return readable("names of a route version", lambda: _KEPT.validate_python(kept), None)


def names_now(route: LearningRoute, version: RouteVersion | None) -> PrintedFacts:
    """As they are today, in Russian and by the clock of the centre."""
    start, end = route.start, route.end
    if version is not None:
        start, end = readable("route version", lambda: _period(version), (start, end))
    support = route.support
    who = {support.tutor_id, *support.members.filter(consented_at__isnull=False).values_list("person_id", flat=True)}
    if version is not None:
        who |= set(version.agreements.values_list("person_id", flat=True))
    with in_time_of(route.centre), translation.override("ru"):
        return PrintedFacts(
            centre=route.centre.full_name or route.centre.name,
            municipality=route.centre.municipality.name,
            zone=route.centre.municipality.time_zone,
            group=support.name,
            people=_people(who, start, end),
        )


def _period(version: RouteVersion) -> tuple[date, date]:
    return date.fromisoformat(version.snapshot["start"]), date.fromisoformat(version.snapshot["end"])


def named_bare(person: Person) -> NamedPerson:
    """By the name alone: whom the version does not name."""
    position = _("teacher")
    return NamedPerson(
        name=person.full_name,
        short=person.short_name,
        name_genitive=decline(name_of(person), Case.GENITIVE).text,
        school="",
        position=position,
        position_genitive=decline_title(position, Case.GENITIVE).text,
    )


def _people(who: Iterable[int], start: date, end: date) -> dict[str, NamedPerson]:
    """Three queries whatever their number."""
    jobs = Employment.objects.filter(in_force(timezone.localdate())).select_related("school")
    classes = Prefetch("employments__classes", TaughtClass.objects.select_related("year"))
    rows = Person.objects.filter(pk__in=list(who)).prefetch_related(Prefetch("employments", jobs), classes)
    return {str(person.pk): _person(person, start, end) for person in rows}


def _person(person: Person, start: date, end: date) -> NamedPerson:
    bare = named_bare(person)
    job = next(iter(person.employments.all()), None)
    if job is None:
        return bare
    since = job.experience_from
    return replace(
        bare,
        school=job.school.paper_name,
        position=job.position,
        position_genitive=decline_title(job.position, Case.GENITIVE).text,
        category=str(job.get_category_display()) if job.category else "",
        service_years=service([WorkInterval(since)], start).years if since else None,
        subject=", ".join(job.subject_labels),
        classes=_classes(job, min(max(timezone.localdate(), start), end)),
        post=f"{job.position}, {job.school.name}",
    )


def _classes(job: Employment, day: date) -> str:
    """Those of the school year of that day."""
    year = year_of(day)
    own = {(taught.grade, taught.letter) for taught in job.classes.all() if taught.year.start_year == year}
    return ", ".join(class_name(grade, letter) for grade, letter in sorted(own))
