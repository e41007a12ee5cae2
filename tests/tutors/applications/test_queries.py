"""What is known of a candidate, what follows from it, who sees which application."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_centre, make_employment, make_member, make_person, make_region, make_school
from tests.tutors.application_factories import HANDED_IN, make_application
from tests.waiting import lines_for
from tests.world import World
from traektoria.engines.criteria import Truth
from traektoria.organisations.models import Municipality, School
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import Document, Fact, Group, Threshold
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.tutors.applications.enums import ApplicationState, Check
from traektoria.tutors.applications.queries.applications import (
    appeal_until,
    checklist,
    due_of,
    papers_seen_by,
    requirements,
    visible_to,
)
from traektoria.tutors.applications.queries.checklist import node_of
from traektoria.tutors.applications.queries.facts import facts_of, in_words
from traektoria.tutors.models import Application, Commission, CommissionMember, CriterionAnswer

pytestmark = pytest.mark.django_db
S = ApplicationState
DAY = date(2026, 9, 1)


def test_facts_say_how_long_and_where_it_is_known_from() -> None:
    centre, person = make_centre(), make_person()
    here = make_school(centre, "СОШ № 1")
    other = Municipality.objects.create(region=make_region(), name="Соседний район")
    near = School.objects.create(municipality=other, name="СОШ № 9", digits="990909")
    far = Municipality.objects.create(region=make_region("98", "Другая область"), name="Дальний район")
    away = School.objects.create(municipality=far, name="Гимназия", digits="980001")
    make_employment(person, here, category="first")
    for school, start, end in [
        (near, date(2010, 9, 1), date(2012, 8, 31)),
        (away, date(2005, 9, 1), date(2009, 8, 31)),
    ]:
        row = make_employment(person, school)
        type(row).objects.filter(pk=row.pk).update(start=start, end=end)
    known = facts_of(person.pk, centre, DAY)
    assert {fact: (one.value, one.words) for fact, one in known.items()} == {
        Fact.MUNICIPALITY_SERVICE: (Decimal("11.00"), "11\xa0лет"),
        Fact.REGION_SERVICE: (Decimal("13.00"), "13\xa0лет"),
        Fact.SERVICE: (Decimal("17.00"), "17\xa0лет"),
        Fact.CATEGORY: (Decimal(1), "первая категория"),
    }
    assert known[Fact.REGION_SERVICE].sources == (
        "СОШ № 9: с 1\xa0сентября\xa02010 по 31\xa0августа\xa02012",
        "СОШ № 1: с 1\xa0сентября\xa02015",
    )


def test_teaching_since_counts_where_it_is_longer() -> None:
    centre, person = make_centre(), make_person()
    make_employment(person, make_school(centre, "СОШ № 1"), experience_from=date(2000, 3, 15))
    known = facts_of(person.pk, centre, DAY)
    assert (known[Fact.SERVICE].words, known[Fact.SERVICE].sources) == (
        "26\xa0лет 5\xa0месяцев",
        ("СОШ № 1: педагогический стаж с 15\xa0марта\xa02000",),
    )
    assert known[Fact.REGION_SERVICE].value == 11


def test_nothing_is_known_of_a_newcomer() -> None:
    centre = make_centre()
    known = facts_of(make_person().pk, centre, DAY)
    assert {one.value for one in known.values()} == {Decimal(0)}
    assert known[Fact.SERVICE].words == in_words(Decimal(0)) == "0\xa0месяцев"


def test_requirements_before_anything_is_begun() -> None:
    centre, person = make_centre(), make_person()
    make_employment(person, make_school(centre))
    found = requirements(person.pk, centre, rules_of(regulation_in_force(centre.pk)).status)
    assert found.rows[0].finding == Truth.MET
    assert found.root.finding == Truth.UNKNOWN
    assert found.missing == [row for row in found.rows if row.finding != Truth.MET]


def state(made: Application, slug: str, **fields: Any) -> None:
    CriterionAnswer.objects.filter(application=made, criterion=slug).update(**fields)


def test_checklist_takes_the_finding_of_a_person_over_the_numbers() -> None:
    centre, person = make_centre(), make_person()
    made = make_application(centre, person, S.SUBMITTED)
    row = checklist(made).rows[0]
    assert (row.finding, row.answered) == (Truth.NOT_MET, False)
    state(made, row.leaf.slug, stated=Decimal(3))
    row = checklist(made).rows[0]
    assert (row.proposed, row.finding, row.answered) == (Truth.UNKNOWN, Truth.UNKNOWN, True)
    state(made, row.leaf.slug, check_result=Check.MET, checked_at=timezone.now())
    assert checklist(made).rows[0].finding == Truth.MET


def test_checklist_shows_a_submitted_number_as_it_was() -> None:
    centre, person = make_centre(), make_person()
    make_employment(person, make_school(centre))
    made = make_application(centre, person, S.SUBMITTED)
    slug = checklist(made).rows[0].leaf.slug
    state(made, slug, computed=Decimal("2.91"))
    row = checklist(made).rows[0]
    assert row.computed is not None
    assert (row.computed.words, row.proposed) == ("2\xa0года 11\xa0месяцев", Truth.NOT_MET)


def test_checklist_concludes_with_what_the_commission_judged() -> None:
    centre, person = make_centre(), make_person()
    made = make_application(centre, person, S.ADMITTED)
    assert checklist(made).root.finding == Truth.UNKNOWN
    judged = [row.leaf.slug for row in checklist(made).rows if row.is_judged]
    assert checklist(made, dict.fromkeys(judged, Truth.MET)).root.finding == Truth.MET
    assert checklist(made, dict.fromkeys(judged, Truth.NOT_MET)).root.finding == Truth.NOT_MET


def test_groups_that_lost_all_their_criteria_ask_for_nothing() -> None:
    paper = Document(slug="paper", title="Диплом", document="diploma")
    gone = Threshold(slug="gone", title="Стаж", fact=Fact.SERVICE, at_least=3, archived=True)
    emptied = Group(slug="either", title="Одно из двух", rule="any", of=(gone,))
    whole = node_of(Group(slug="status", title="Условия", of=(paper, emptied)))
    assert [one.slug for one in whole.of] == ["paper"]
    assert node_of(Group(slug="status", title="Условия", rule="any", of=(gone,))).of == ()


STATES = list(ApplicationState)


def seen_states(viewer: Any, world: World) -> set[str]:
    return set(visible_to(actor_of(viewer)).filter(centre=world.own).values_list("state", flat=True))


def every_state(world: World) -> None:
    for one in STATES:
        nominator = world.accounts["other_tutor"].person
        make_application(world.own, make_member(world.own, Role.TEACHER).person, one, nominated_by=nominator)


def seat(world: World, post: str, state: str = "working") -> Any:
    account = make_member(world.own, Role.COMMISSION_MEMBER)
    commission, _made = Commission.objects.get_or_create(
        centre=world.own, state=state, defaults={"name": "К", "start": date(2026, 1, 1), "end": date(2028, 1, 1)}
    )
    CommissionMember.objects.create(commission=commission, person=account.person, kind="union", post=post,
                                    start=date(2026, 1, 1))  # fmt: skip
    return account


def test_who_sees_applications_in_which_state(world: World) -> None:
    every_state(world)
    assert seen_states(world.accounts["coordinator"], world) == set(STATES)
    assert seen_states(seat(world, "secretary"), world) == set(HANDED_IN)
    assert seen_states(seat(world, "member"), world) == {S.ADMITTED, S.GRANTED, S.REFUSED, S.APPEALED}
    assert seen_states(seat(world, "chair", "dissolved"), world) == set()
    for viewer in ("teacher", "tutor", "other_tutor", "head", "foreign_coordinator", "administrator"):
        assert seen_states(world.accounts[viewer], world) == set(), viewer


def test_the_head_of_the_only_school_sees_what_is_handed_in() -> None:
    centre = make_centre(preset="balta")
    school = make_school(centre)
    centre.school = school
    centre.save()
    for one in STATES:
        make_application(centre, make_person(), one, nominated_by=make_person())
    head = actor_of(make_member(centre, Role.HEAD, school))
    assert set(visible_to(head).values_list("state", flat=True)) == set(HANDED_IN)
    assert set(papers_seen_by(head).values_list("state", flat=True)) == set(HANDED_IN)


def test_papers_of_others_only_while_they_are_handed_in(world: World) -> None:
    every_state(world)
    coordinator = actor_of(world.accounts["coordinator"])
    assert set(papers_seen_by(coordinator).values_list("state", flat=True)) == set(HANDED_IN)
    own = make_application(world.own, world.accounts["teacher"].person, S.DRAFT)
    assert list(papers_seen_by(actor_of(world.accounts["teacher"]))) == [own]


def test_the_queue_is_the_earliest_first_without_ones_own(world: World) -> None:
    now = timezone.now()
    make_application(world.own, make_person(), submitted_at=now)
    early = make_application(world.own, make_person(), submitted_at=now - timedelta(days=5))
    make_application(world.own, world.accounts["coordinator"].person, submitted_at=now - timedelta(days=9))
    (line,) = lines_for(actor_of(world.accounts["coordinator"]), kinds="tutors.queue")
    assert (line.what, line.who) == ("2 заявления ждут проверки", early.person.short_name)
    assert line.due == due_of(early) == timezone.localdate(now) + timedelta(days=25)


def test_terms_of_consideration_and_appeal() -> None:
    centre = make_centre(preset="balta")
    assert due_of(make_application(centre, make_person())) is None
    refused = make_application(centre, make_person(), S.REFUSED)
    assert appeal_until(refused) == timezone.localdate() + timedelta(days=30)
    assert appeal_until(make_application(centre, make_person(), S.GRANTED)) is None


@pytest.mark.parametrize("number", [1, 3])
def test_checklist_queries(number: int, django_assert_num_queries: Any) -> None:
    centre, person = make_centre(), make_person()
    for _one in range(number):
        make_employment(person, make_school(centre))
    made = make_application(centre, person)
    row = Application.objects.select_related("regulation", "centre__municipality").get(pk=made.pk)
    with django_assert_num_queries(3):
        checklist(row)
