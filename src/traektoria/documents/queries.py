"""What goes onto a card, read from the route; and what the register knows of a code."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traektoria.documents.models import IssuedDocument
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
)
from traektoria.engines.declension import Case, decline, decline_title
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import Employment, Person
from traektoria.people.names import name_of
from traektoria.routes.enums import AgreeingParty, ItemState
from traektoria.routes.models import (
    Agreement,
    LearningRequest,
    LearningRoute,
    ReflectionEntry,
    RouteItem,
    SupportMember,
)
from traektoria.routes.queries.route import works_on_q

DAYS_A_YEAR = 365.25


def printable_by(actor: Actor) -> QuerySet[LearningRoute]:
    """Routes whose card the person may take: those they work on, as a tutor in force or a consented teacher."""
    if actor.person_id is None:
        return LearningRoute.objects.none()
    return LearningRoute.objects.filter(works_on_q(actor))


def by_code(code: str) -> IssuedDocument | None:
    """The registered document of a code typed from paper."""
    return IssuedDocument.objects.select_related("centre__municipality").filter(code=code).first()


def is_outdated(document: IssuedDocument) -> bool:
    """Whether another content of the same fact was issued later."""
    later = IssuedDocument.objects.filter(kind=document.kind, object_id=document.object_id, pk__gt=document.pk)
    return later.exists()


def card_of(route: LearningRoute) -> RouteCard:
    """The card of the route as it is in force now (of a draft: as it is written), in Russian, without a code.

    Only what its author shared is printed of the journal. An open correction is not printed until it is agreed.
    """
    with translation.override("ru"):
        return _card(_loaded(route.pk))


def _loaded(pk: int) -> LearningRoute:
    people = Prefetch("employments", Employment.objects.filter(in_force(timezone.localdate())).select_related("school"))
    members = SupportMember.objects.filter(consented_at__isnull=False).prefetch_related(
        Prefetch("person", Person.objects.prefetch_related(people, "employments__classes"))
    )
    items = RouteItem.objects.filter(pending=False, removed_in__isnull=True).prefetch_related("evidence")
    shared = ReflectionEntry.objects.filter(shared_at__isnull=False).select_related("person")
    routes = LearningRoute.objects.select_related("centre__municipality").prefetch_related(
        Prefetch("support__members", members, to_attr="consenting"),
        Prefetch("support__tutor", Person.objects.prefetch_related(people)),
        Prefetch("support__requests", LearningRequest.objects.select_related("person")),
        Prefetch("items", items, to_attr="printed_items"),
        Prefetch("reflections", shared, to_attr="shared_reflections"),
        Prefetch("versions__agreements", Agreement.objects.filter(agreed=True).select_related("person")),
        "outcomes__hypothesis",
    )
    return routes.get(pk=pk)


def _card(route: LearningRoute) -> RouteCard:
    support = route.support
    members: list[SupportMember] = support.consenting  # type: ignore[attr-defined]
    version = next((v for v in route.versions.all() if v.number == route.version), None)
    items: list[RouteItem] = [i for i in route.printed_items if i.state != ItemState.CANCELLED]  # type: ignore[attr-defined]
    return RouteCard(
        centre=route.centre.full_name or route.centre.name,
        municipality=route.centre.municipality.name,
        kind=RouteKind.GROUP if support.is_group else RouteKind.INDIVIDUAL,
        group_name=support.name,
        version=route.version,
        version_date=timezone.localdate(version.created_at) if version else timezone.localdate(route.updated_at),
        teachers=tuple(_teacher(member.person, route) for member in members),
        tutor=CardTutor(support.tutor.full_name, _position(support.tutor)),
        start=route.start,
        end=route.end,
        basis=tuple(filter(None, [support.get_basis_display(), support.basis_note])),
        requests=_requests(support.requests.all()),
        goals=tuple(line.strip() for line in route.goals.splitlines() if line.strip()),
        items=tuple(map(_item, items)),
        signatures=_signatures(route, members, list(version.agreements.all()) if version else []),
        verification_code="",
        verify_url="",
        progress=CardProgress(sum(i.state == ItemState.DONE for i in items), len(items), _last_change(route, items)),
        reflections=tuple(
            CardReflection(timezone.localdate(entry.created_at), entry.text, entry.person.short_name)
            for entry in route.shared_reflections  # type: ignore[attr-defined]
        ),
        outcomes=tuple(
            CardOutcome(o.hypothesis.topic, str(o.get_outcome_display()), o.note) for o in route.outcomes.all()
        ),
        conclusion=route.conclusion,
    )


def _last_change(route: LearningRoute, items: list[RouteItem]) -> date:
    """The day that the progress speaks of: not today, so that an unchanged card keeps its code."""
    moments = [route.updated_at, *(item.done_at for item in items if item.done_at)]
    return timezone.localdate(max(moments))


def _teacher(person: Person, route: LearningRoute) -> CardTeacher:
    job = next(iter(person.employments.all()), None)
    since = job.experience_from if job else None
    position = job.position if job else _("teacher")
    return CardTeacher(
        name=person.full_name,
        name_genitive=decline(name_of(person), Case.GENITIVE).text,
        school=job.school.paper_name if job else "",
        position=position,
        position_genitive=decline_title(position, Case.GENITIVE).text,
        category=str(job.get_category_display()) if job and job.category else "",
        service_years=int((route.start - since).days / DAYS_A_YEAR) if since else None,
        subject=", ".join(job.subject_labels) if job else "",
        classes=", ".join(sorted({str(taught) for taught in job.classes.all()})) if job else "",
    )


def _position(person: Person) -> str:
    job = next(iter(person.employments.all()), None)
    return f"{job.position}, {job.school.name}" if job else ""


def _requests(rows: Iterable[LearningRequest]) -> tuple[CardRequest, ...]:
    """The latest words of each teacher (rows come newest first)."""
    latest: dict[int, LearningRequest] = {}
    for row in rows:
        latest.setdefault(row.person_id, row)
    return tuple(CardRequest(row.text, row.person.short_name) for row in latest.values())


def _item(item: RouteItem) -> CardItem:
    return CardItem(
        deficit=item.deficit,
        task=item.task,
        activity=str(item.get_activity_kind_display()),
        resource=item.resource,
        deadline=item.deadline,
        expected_result=item.expected_result,
        showing_form=str(item.get_showing_form_display()),
        done_on=timezone.localdate(item.done_at) if item.done_at else None,
        evidence=tuple(filter(None, (_evidence(row.note, row.file_name or row.link) for row in item.evidence.all()))),
    )


def _evidence(note: str, what: str) -> str:
    return f"{note} ({what})" if note and what else note or what


def _signatures(
    route: LearningRoute, members: list[SupportMember], agreements: list[Agreement]
) -> tuple[CardSignature, ...]:
    def agreed(party: AgreeingParty, person_id: int) -> date | None:
        moments = [a.created_at for a in agreements if a.party == party and a.person_id == person_id]
        return timezone.localdate(moments[0]) if moments else None

    places = [
        CardSignature(SigningParty.TEACHER, m.person.short_name, "", agreed(AgreeingParty.TEACHER, m.person_id))
        for m in members
    ]
    tutor = route.support.tutor
    places.append(CardSignature(SigningParty.TUTOR, tutor.short_name, "", agreed(AgreeingParty.TUTOR, tutor.pk)))
    heads = [a for a in agreements if a.party == AgreeingParty.HEAD]
    if heads:
        moment = timezone.localdate(heads[0].created_at)
        places.append(CardSignature(SigningParty.HEAD, heads[0].person.short_name, _("head of the school"), moment))
    elif route.head_agrees:
        places.append(CardSignature(SigningParty.HEAD, "", _("head of the school")))
    return tuple(places)
