"""What goes onto the card of a route, read from the route; and whose cards a person may take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traektoria.core.boxes import readable
from traektoria.core.errors import Invalid
from traektoria.core.models import AuditEvent
from traektoria.engines.cards import (
    CardItem,
    CardOutcome,
    CardProgress,
    CardReflection,
    CardRequest,
    CardSignature,
    CardTeacher,
    CardTutor,
    RouteCard,
    RouteKind,
    SigningParty,
    Standing,
)
from traektoria.organisations.zones import zone
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.routes.models import (
    Agreement,
    LearningRequest,
    LearningRoute,
    ReflectionEntry,
    RouteItem,
    RouteVersion,
    SupportMember,
)
from traektoria.routes.route.enums import AgreeingParty, ItemState, RouteState
from traektoria.routes.route.fields import without_place, words_of
from traektoria.routes.route.printed_names import NamedPerson, PrintedFacts, named_bare, names_of
from traektoria.routes.route.queries.route import snapshot, works_on_q
from traektoria.routes.route.workflow import item_workflow


def printable_by(actor: Actor) -> QuerySet[LearningRoute]:
    """Routes whose card the person may take: those they work on, as a tutor in force or a consented teacher."""
    if actor.person_id is None:
        return LearningRoute.objects.none()
    return LearningRoute.objects.filter(works_on_q(actor))


def cards_of(actor: Actor) -> QuerySet[LearningRoute]:
    """Routes in force whose cards the person may take: a draft is taken from its own page."""
    return printable_by(actor).filter(in_force_since__isnull=False)


def card_of(route: LearningRoute) -> RouteCard:
    """The card of the version of the route that is in force; of what is not agreed yet, a draft. In Russian, without a
    code.

    The plan, its dates, who agreed and how everybody is named come from that version as it was frozen; what was done
    since then stands beside it. Only what its author shared is printed of the journal.
    """
    with translation.override("ru"):
        loaded = _loaded(route.pk)
        standing, version = _printed(loaded)
        names = names_of(loaded, version)
        if names is None:
            raise Invalid(_unread(version))
        with timezone.override(zone(names.zone)):
            return _card(loaded, standing, version, names)


def _loaded(pk: int) -> LearningRoute:
    members = SupportMember.objects.filter(consented_at__isnull=False)
    shared = ReflectionEntry.objects.filter(shared_at__isnull=False).select_related("person")
    routes = LearningRoute.objects.select_related("centre__municipality").prefetch_related(
        Prefetch("support__members", members, to_attr="consenting"),
        "support__tutor",
        Prefetch("support__requests", LearningRequest.objects.select_related("person")),
        Prefetch("items", RouteItem.objects.prefetch_related("evidence"), to_attr="rows"),
        Prefetch("reflections", shared, to_attr="shared_reflections"),
        Prefetch("versions__agreements", Agreement.objects.filter(agreed=True).select_related("person")),
        "outcomes__hypothesis",
    )
    return routes.get(pk=pk)


def _printed(route: LearningRoute) -> tuple[Standing, RouteVersion | None]:
    """The version that a card is made of, and where it stands; None where nothing waits and nothing was agreed."""
    number = route.version if route.in_force_since else route.pending_version
    version = next((one for one in route.versions.all() if one.number == number), None)
    if route.state in ENDINGS:
        return ENDINGS[RouteState(route.state)], version
    if route.in_force_since:
        return Standing.AGREED, version
    return (Standing.WAITING if version else Standing.DRAFT), version


ENDINGS = {RouteState.CLOSED: Standing.CLOSED, RouteState.STOPPED: Standing.STOPPED}


def _card(route: LearningRoute, standing: Standing, version: RouteVersion | None, names: PrintedFacts) -> RouteCard:
    support = route.support
    members: list[SupportMember] = support.consenting  # type: ignore[attr-defined]
    rows = {row.pk: row for row in route.rows}  # type: ignore[attr-defined]
    plan = readable("route version", lambda: _plan(version.snapshot if version else snapshot(route), rows), None)
    if plan is None:
        raise Invalid(_unread(version))
    words = list(version.agreements.all()) if version else []
    people = VersionNames(names.people)
    agreed = timezone.localdate(max(word.created_at for word in words)) if words and route.in_force_since else None
    return RouteCard(
        centre=names.centre,
        municipality=names.municipality,
        kind=RouteKind.GROUP if support.is_group else RouteKind.INDIVIDUAL,
        group_name=names.group,
        version=version.number if version else route.versions.count() + 1,
        version_date=timezone.localdate(version.created_at if version else route.closed_at),
        teachers=tuple(_teacher(people.of(member.person_id)) for member in members),
        tutor=CardTutor(people.of(support.tutor_id).name, people.of(support.tutor_id).post),
        start=plan.start,
        end=plan.end,
        basis=tuple(filter(None, [support.get_basis_display(), support.basis_note])),
        requests=_requests(support.requests.all(), people),
        goals=plan.goals,
        items=plan.items,
        signatures=_signatures(route, members, words, people),
        progress=_progress(route, version, plan.rows) if agreed and version else None,
        reflections=tuple(
            CardReflection(timezone.localdate(entry.created_at), entry.text, people.short(entry.person))
            for entry in route.shared_reflections  # type: ignore[attr-defined]
        ),
        outcomes=tuple(
            CardOutcome(o.hypothesis.topic, str(o.get_outcome_display()), o.note) for o in route.outcomes.all()
        ),
        conclusion=route.conclusion,
        standing=standing,
        agreed_on=agreed,
        ended_on=timezone.localdate(route.closed_at) if route.closed_at else None,
        proposed=_proposed(route) if route.in_force_since else None,
    )


def _proposed(route: LearningRoute) -> tuple[int, date] | None:
    """A newer version that waits for agreement while this one is in force."""
    waiting = next((one for one in route.versions.all() if one.number == route.pending_version), None)
    return (waiting.number, timezone.localdate(waiting.created_at)) if waiting else None


def _progress(route: LearningRoute, version: RouteVersion, rows: list[RouteItem]) -> CardProgress:
    """How many are done, on the day of the last step: not today, so that an unchanged card keeps its code."""
    counted = [row for row in rows if row.state != ItemState.CANCELLED]
    steps = AuditEvent.objects.filter(
        object_kind=RouteItem._meta.label_lower, object_id__in=[row.pk for row in rows], event__in=STEPS
    )
    moments = [version.created_at, route.in_force_since, route.closed_at, steps.aggregate(last=Max("at"))["last"]]
    last = max(moment for moment in (*moments, *(row.done_at for row in rows)) if moment)
    return CardProgress(sum(row.state == ItemState.DONE for row in counted), len(counted), timezone.localdate(last))


STEPS = [f"{item_workflow.slug}.{step.name}" for step in item_workflow.transitions]


def _teacher(named: NamedPerson) -> CardTeacher:
    return CardTeacher(
        name=named.name,
        name_genitive=named.name_genitive,
        school=named.school,
        position=named.position,
        position_genitive=named.position_genitive,
        category=named.category,
        service_years=named.service_years,
        subject=named.subject,
        classes=named.classes,
    )


def _requests(rows: Iterable[LearningRequest], people: "VersionNames") -> tuple[CardRequest, ...]:
    """The latest words of each teacher (rows come newest first)."""
    latest: dict[int, LearningRequest] = {}
    for row in rows:
        latest.setdefault(row.person_id, row)
    return tuple(CardRequest(row.text, people.short(row.person)) for row in latest.values())


@dataclass(frozen=True)
class Plan:
    """What was agreed to do, with the rows of its items that are still there."""

    start: date
    end: date
    goals: tuple[str, ...]
    items: tuple[CardItem, ...]
    rows: list[RouteItem]


def _plan(content: Mapping[str, Any], rows: Mapping[int, RouteItem]) -> Plan:
    items = [(line, rows.get(line["id"])) for line in content["items"]]
    return Plan(
        date.fromisoformat(content["start"]),
        date.fromisoformat(content["end"]),
        tuple(line.strip() for line in content["goals"].splitlines() if line.strip()),
        tuple(_item(line, row) for line, row in items),
        [row for _line, row in items if row],
    )


def _unread(version: RouteVersion | None) -> str:
    return _(
        "Version %(number)s of the route can't be read from the database, so its card can't be printed. Nothing was "
        "changed. Tell the administrator of the system."
    ) % {"number": version.number if version else 0}


def _item(plan: Mapping[str, Any], row: RouteItem | None) -> CardItem:
    """What was agreed to do, and what became of it."""
    cancelled = row is not None and row.state == ItemState.CANCELLED
    return CardItem(
        deficit=plan["deficit"],
        task="\n".join([plan["task"], *(f"{label}: {words}" for label, words in without_place(plan))]),
        activity=words_of("activity_kind", plan["activity_kind"]),
        resource=plan["resource"],
        deadline=date.fromisoformat(plan["deadline"]),
        expected_result=plan["expected_result"],
        showing_form=words_of("showing_form", plan["showing_form"]),
        done_on=timezone.localdate(row.done_at) if row and row.done_at else None,
        evidence=tuple(
            filter(None, (_evidence(one.note, one.file_name or one.link) for one in row.evidence.all()) if row else ())
        ),
        note=_cancelled(row.cancel_reason) if row and cancelled else "",
    )


def _cancelled(reason: str) -> str:
    return _("Cancelled: %(reason)s") % {"reason": reason} if reason else _("Cancelled")


def _evidence(note: str, what: str) -> str:
    return f"{note} ({what})" if note and what else note or what


def _signatures(
    route: LearningRoute, members: list[SupportMember], words: list[Agreement], named: "VersionNames"
) -> tuple[CardSignature, ...]:
    """Who agreed to the version, whoever leads or learns now; the others have a blank line."""
    days = {(word.party, word.person_id): timezone.localdate(word.created_at) for word in words}
    people = {member.person_id: member.person for member in members}
    people |= {word.person_id: word.person for word in words if word.party == AgreeingParty.TEACHER}
    places = [
        CardSignature(SigningParty.TEACHER, named.short(person), "", days.get((AgreeingParty.TEACHER, pk)))
        for pk, person in people.items()
    ]
    tutor = next((word.person for word in words if word.party == AgreeingParty.TUTOR), route.support.tutor)
    places.append(CardSignature(SigningParty.TUTOR, named.short(tutor), "", days.get((AgreeingParty.TUTOR, tutor.pk))))
    heads = [word for word in words if word.party == AgreeingParty.HEAD]
    if heads:
        moment = timezone.localdate(heads[0].created_at)
        places.append(CardSignature(SigningParty.HEAD, named.short(heads[0].person), _("head of the school"), moment))
    elif route.head_agrees:
        places.append(CardSignature(SigningParty.HEAD, "", _("head of the school")))
    return tuple(places)


@dataclass(frozen=True)
class VersionNames:
    """People as the version names them; whoever it does not name (who left before it), as they are called today."""

    people: Mapping[str, NamedPerson]

    def of(self, pk: int) -> NamedPerson:
        return self.people.get(str(pk)) or named_bare(Person.objects.get(pk=pk))

    def short(self, person: Person) -> str:
        known = self.people.get(str(person.pk))
        return known.short if known else person.short_name
