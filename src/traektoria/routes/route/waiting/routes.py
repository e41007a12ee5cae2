"""A version waits for words, a remark for a change, a draft to be proposed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.models import Employment
from traektoria.routes.route.enums import AgreeingParty, RouteState
from traektoria.routes.route.models import Agreement, LearningRoute
from traektoria.routes.route.policies import LIVING
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.sides import NEEDED, Sides, other_side

AGREE, OTHERS_AGREE, RETURNED = "routes.agree", "routes.others_agree", "routes.returned"
DRAFTED, CORRECTED = "routes.drafted", "routes.corrected"
T, L, H = AgreeingParty.TUTOR, AgreeingParty.TEACHER, AgreeingParty.HEAD


@dataclass(frozen=True)
class _Word:
    """What one party said of a version."""

    number: int
    party: str
    person_id: int
    agreed: bool
    dropped: bool


def rows(routes: QuerySet[LearningRoute]) -> Iterator[Wait]:
    """Four queries."""
    related = (f"support__{name}" for name in NEEDED)
    found = routes.filter(state__in=LIVING).select_related(next(related)).prefetch_related(*related)
    written = [route for route in found if _is_written(route)]
    words, schools = _words(written), _schools(written)
    for route in written:
        sides, said = Sides(route.support), words[route.pk]
        if route.pending_version is not None:
            yield from _pending(route, sides, [word for word in said if word.number == route.pending_version], schools)
        elif any(not word.agreed and not word.dropped for word in _newest(said)):
            yield from sides.for_both(RETURNED, route)
        else:
            yield sides.for_tutor(DRAFTED if route.state == RouteState.DRAFT else CORRECTED, route)


def _is_written(route: LearningRoute) -> bool:
    """Being drafted, corrected or agreed now."""
    return route.state == RouteState.DRAFT or route.pending_version is not None or route.correction is not None


def _words(routes: list[LearningRoute]) -> dict[int, list[_Word]]:
    found: dict[int, list[_Word]] = defaultdict(list)
    said = Agreement.objects.filter(version__route__in=routes)
    fields = ("version__number", "party", "person", "agreed", "version__dropped")
    for route_id, *word in said.values_list("version__route", *fields):
        found[route_id].append(_Word(*word))
    return found


def _newest(words: list[_Word]) -> list[_Word]:
    last = max((word.number for word in words), default=None)
    return [word for word in words if word.number == last]


def _schools(routes: list[LearningRoute]) -> dict[int, dict[int, date | None]]:
    """By teacher where they work and until when, of the routes that wait for a head's word."""
    people = {pk for route in routes if _asks_head(route) for pk in Sides(route.support).consented}
    found: dict[int, dict[int, date | None]] = defaultdict(dict)
    for person, school, end in Employment.objects.filter(person__in=people).values_list("person", "school", "end"):
        found[person][school] = _later(end, found[person].get(school, end))
    return found


def _asks_head(route: LearningRoute) -> bool:
    return route.head_agrees and route.pending_version is not None


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two last days; None: there is none."""
    return max(one, other) if one and other else None


def _pending(
    route: LearningRoute, sides: Sides, words: list[_Word], schools: dict[int, dict[int, date | None]]
) -> Iterator[Wait]:
    agreed = {(word.party, word.person_id) for word in words if word.agreed}
    tutor = route.support.tutor_id
    teachers = [one for one in sides.consented if (L, one) not in agreed]
    asks_tutor = (T, tutor) not in agreed
    asks_head = route.head_agrees and not any(party == H for party, _person in agreed)
    asked = [str(party) for party, asks in ((L, bool(teachers)), (T, asks_tutor), (H, asks_head)) if asks]
    facts = {"asked": asked}
    if asks_tutor:
        yield sides.for_tutor(AGREE, route)
    for person_id in teachers:
        yield sides.for_teacher(person_id, AGREE, route)
    yield from sides.for_both(OTHERS_AGREE, route, facts, but={*teachers, *([tutor] if asks_tutor else [])})
    for to, until in _heads(route, sides, schools).items():
        if asks_head:
            yield sides.for_others(AGREE, route, to, shows_until=until)
        else:
            yield sides.for_others(OTHERS_AGREE, route, to, facts, shows_until=until)


def _heads(route: LearningRoute, sides: Sides, schools: dict[int, dict[int, date | None]]) -> dict[str, date | None]:
    """The heads of the schools where teachers of the route work, until the last day of that."""
    found: dict[str, date | None] = {}
    for person_id in sides.consented if _asks_head(route) else ():
        for school, until in schools[person_id].items():
            to = addressees.heads_of(route.centre_id, school)
            found[to] = _later(until, found.get(to, until))
    return found


def agree(row: Waited) -> Words:
    return Words(_("Agree to the route"), other_side(row), _page(row), _("Read and agree"))


def others_agree(row: Waited) -> Words:
    parties = ", ".join(str(AgreeingParty(one).label) for one in row.facts["asked"])
    what = _("The route waits for agreement: %(names)s") % {"names": parties}
    return Words(what, other_side(row), _page(row), _("Look"))


def returned(row: Waited) -> Words:
    return Words(_("The route came back with a remark"), other_side(row), _page(row), _("Change"))


def drafted(row: Waited) -> Words:
    return Words(_("The route is drafted but not proposed yet"), other_side(row), _page(row), _("Go on"))


def corrected(row: Waited) -> Words:
    return Words(_("A change of the route is not proposed yet"), other_side(row), _page(row), _("Go on"))


def _page(row: Waited) -> str:
    return reverse("routes:route_detail", args=[row.object_id])


def _of_support(support_id: int) -> QuerySet[LearningRoute, int]:
    return LearningRoute.objects.filter(support=support_id, state__in=LIVING).values_list("pk", flat=True)


def _of_workers(works: list[Employment]) -> QuerySet[LearningRoute, int]:
    """Routes whose agreement a head of these schools may be asked for."""
    people = {work.person_id for work in works}
    taught = SupportMember.objects.filter(person__in=people, consented_at__isnull=False).values("support")
    rows = LearningRoute.objects.filter(support__in=taught, head_agrees=True, pending_version__isnull=False)
    return rows.values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="routes.routes",
        order=20,
        model=LearningRoute,
        rows=rows,
        kinds=(
            WaitingKind(AGREE, 20, DeskGroup.TODAY, agree),
            WaitingKind(RETURNED, 20, DeskGroup.TODAY, returned),
            WaitingKind(DRAFTED, 20, DeskGroup.SOON, drafted),
            WaitingKind(CORRECTED, 20, DeskGroup.SOON, corrected),
            WaitingKind(OTHERS_AGREE, 20, DeskGroup.WAITING, others_agree),
        ),
        watches=(
            Watch(Agreement, lambda word: [word.version.route_id]),
            Watch(SupportMember, lambda member: _of_support(member.support_id)),
            Watch(TutorSupport, lambda support: _of_support(support.pk), frozenset({"name", "tutor"})),
            Watch(Employment, _of_workers, many=True),
        ),
    )
)
