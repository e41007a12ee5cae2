"""A centre of any size for the page benches: teachers, supports, routes, hypotheses. Made-up, the same each time."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState, Origin, Strength
from traektoria.organisations.actions import open_centre
from traektoria.organisations.models import Municipality, Region, School, SchoolYear, TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.enums import Role
from traektoria.people.models import Account, Employment, Person, RoleAssignment, TaughtClass
from traektoria.results.models import Dataset
from traektoria.routes.models import (
    Agreement,
    LearningRequest,
    LearningRoute,
    RouteItem,
    RouteVersion,
    SupportMember,
    TutorSupport,
)
from traektoria.routes.route.enums import ActivityKind, AgreeingParty, ItemState, RouteState, ShowingForm
from traektoria.routes.route.fields import ITEM
from traektoria.routes.route.queries.route import jsonable
from traektoria.routes.tutees.enums import Basis, SupportState

ITEMS = 7
HYPOTHESES = 5
TEACHERS_A_TUTOR = 15


def populate(teachers: int) -> dict[str, int]:
    """Fill the empty database; returns the ids that the bench signs in as and looks at. Written in bulk: what waits is
    not (``waiting.mend()``)."""
    today = timezone.localdate()
    region = Region.objects.create(code="99", name="Примерская область")
    municipality = Municipality.objects.create(region=region, name="Приреченский район")
    centre = open_centre(
        municipality=municipality, name="Тьюторский центр", preset="yamal", start=date(2023, 9, 1), by=None
    )
    year = SchoolYear.objects.create(start_year=today.year if today.month >= 8 else today.year - 1)
    schools = _schools(municipality, max(12, teachers // 30))
    people = _people(teachers + teachers // TEACHERS_A_TUTOR + 1)
    coordinator, *rest = people
    tutors, tutees = rest[: teachers // TEACHERS_A_TUTOR], rest[teachers // TEACHERS_A_TUTOR :]
    start = today - timedelta(days=80)
    roles = [RoleAssignment(person=coordinator, role=Role.COORDINATOR, centre=centre, start=start)]
    roles += [RoleAssignment(person=person, role=Role.TUTOR, centre=centre, start=start) for person in tutors]
    roles += [
        RoleAssignment(person=p, role=Role.TEACHER, centre=centre, school=schools[i % len(schools)], start=start)
        for i, p in enumerate(tutees)
    ]
    RoleAssignment.objects.bulk_create(roles, 500)
    employments = Employment.objects.bulk_create(
        [
            Employment(
                person=p,
                school=schools[i % len(schools)],
                position="учитель",
                subjects=["math"],
                start=date(2015, 9, 1),
            )
            for i, p in enumerate(tutees)
        ],
        500,
    )
    TaughtClass.objects.bulk_create(
        [TaughtClass(employment=e, year=year, subject="math", grade=4, letter="А") for e in employments], 500
    )
    dataset = Dataset.objects.create(
        centre=centre, procedure="vpr", year=today.year, subject="math", grade=4, layout="plain",
        source_name="bench.csv", sha256="0" * 64, rows=0, published_at=timezone.now(),
    )  # fmt: skip
    hypotheses = _hypotheses(centre, dataset, tutees)
    routes = _routes(centre, tutors, tutees, hypotheses, start, today)
    Account.objects.bulk_create([Account(username=f"u{p.pk}", person=p, password="!") for p in people], 500)
    account_of = dict(Account.objects.values_list("person_id", "pk"))
    return {
        "coordinator": account_of[coordinator.pk],
        "tutor": account_of[tutors[0].pk],
        "teacher": account_of[tutees[0].pk],
        "route": routes[0].pk,
        "support": routes[0].support_id,
    }


def _schools(municipality: Municipality, number: int) -> list[School]:
    schools = [
        School(
            municipality=municipality, digits=f"99{i:04d}", name=f"СОШ № {i}", sort_name=f"сош № {i:06d}"
        )
        for i in range(1, number + 1)
    ]  # fmt: skip
    return School.objects.bulk_create(schools, 500)


def _people(number: int) -> list[Person]:
    people = [
        Person(
            surname=f"Примерова-{i:06d}", given="Мария", patronymic="Петровна", gender="female",
            sort_name=f"примерова-{i:06d}", search_name=f"примерова-{i:06d} мария петровна",
        )
        for i in range(number)
    ]  # fmt: skip
    return Person.objects.bulk_create(people, 500)


def _hypotheses(centre: TutorCentre, dataset: Dataset, tutees: list[Person]) -> list[Hypothesis]:
    now = timezone.now()
    evidence = {"tasks": ["5", "7"], "n": 27, "completion": 52.1, "reference": 68.3, "difference": -16.2,
                "low": -27.4, "high": -5.0}  # fmt: skip
    rows = [
        Hypothesis(
            centre=centre, person=person, subject="math", block="subject", topic=f"Текстовые задачи, вид {i}",
            origin=Origin.RESULTS, dataset=dataset, evidence=evidence, evidence_key=f"k{i}",
            strength=Strength.MODERATE, state=HypothesisState.CONFIRMED, decided_by=person, decided_at=now,
        )
        for person in tutees
        for i in range(HYPOTHESES)
    ]  # fmt: skip
    return Hypothesis.objects.bulk_create(rows, 500)


def _routes(
    centre: TutorCentre,
    tutors: list[Person],
    tutees: list[Person],
    hypotheses: list[Hypothesis],
    start: date,
    today: date,
) -> list[LearningRoute]:
    now = timezone.now()
    regulation = regulation_in_force(centre.pk)
    end = today + timedelta(days=180)
    supports = TutorSupport.objects.bulk_create(
        [
            TutorSupport(
                centre=centre, regulation=regulation,
                tutor=tutors[i % len(tutors)], tutor_consented_at=now, subject="math", start=start,
                end=end, basis=Basis.RESULTS, state=SupportState.ACTIVE,
            )
            for i in range(len(tutees))
        ],
        500,
    )  # fmt: skip
    pairs = list(zip(supports, tutees, strict=True))
    SupportMember.objects.bulk_create([SupportMember(support=s, person=p, consented_at=now) for s, p in pairs], 500)
    LearningRequest.objects.bulk_create(
        [LearningRequest(support=s, person=p, text="Хочу научиться вести задачи на движение.") for s, p in pairs], 500
    )
    routes = LearningRoute.objects.bulk_create(
        [
            LearningRoute(
                centre=centre, support=s, title="Текстовые задачи в 4 классе", goals="Научиться.", start=start,
                end=end, state=RouteState.RUNNING, in_force_since=now,
            )
            for s in supports
        ],
        500,
    )  # fmt: skip
    found = iter(hypotheses)
    items = []
    for route in routes:
        own = list(islice(found, HYPOTHESES))
        for i in range(ITEMS):
            done = i < 2
            items.append(
                RouteItem(
                    route=route, position=i + 1, hypothesis=own[i % HYPOTHESES], deficit=own[i % HYPOTHESES].topic,
                    task="Разобрать приёмы работы с условием задачи", activity_kind=ActivityKind.CONSULTATION,
                    resource="Методический кабинет", deadline=today + timedelta(days=20 * i - 30),
                    expected_result="Три разработанных фрагмента урока", showing_form=ShowingForm.LESSON,
                    state=ItemState.DONE if done else ItemState.PLANNED, done_at=now if done else None,
                )
            )  # fmt: skip
    RouteItem.objects.bulk_create(items, 1000)
    _versions(routes, tutees, items)
    return routes


def _versions(routes: list[LearningRoute], tutees: list[Person], items: list[RouteItem]) -> None:
    """The first version of each route, as the teacher and the tutor agreed to it."""
    lines = iter(items)
    versions = RouteVersion.objects.bulk_create(
        [
            RouteVersion(
                route=route, number=1, person=route.support.tutor, snapshot=_snapshot(route, islice(lines, ITEMS))
            )
            for route in routes
        ],
        500,
    )  # fmt: skip
    words = []
    for version, tutee in zip(versions, tutees, strict=True):
        words.append(Agreement(version=version, party=AgreeingParty.TUTOR, person=version.person, agreed=True))
        words.append(Agreement(version=version, party=AgreeingParty.TEACHER, person=tutee, agreed=True))
    Agreement.objects.bulk_create(words, 1000)


def _snapshot(route: LearningRoute, items: Iterable[RouteItem]) -> dict[str, Any]:
    lines = [{"id": item.pk, **{one.name: jsonable(getattr(item, one.name)) for one in ITEM}} for item in items]
    header = {name: jsonable(getattr(route, name)) for name in ("title", "goals", "start", "end")}
    return {**header, "items": lines}
