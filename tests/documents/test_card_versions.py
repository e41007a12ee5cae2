"""The card compared with each state of its route: of one frozen version, it says which, and is verified as that."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.documents.test_card import SITE, squeezed, taken
from tests.routes.route_factories import actor, fresh, make_draft, make_hypothesis, make_proposed, make_running
from tests.world import World
from traektoria.core import school_year
from traektoria.documents import actions, card_contents, queries
from traektoria.documents.models import IssuedDocument
from traektoria.engines.cards import RouteCard, Standing, paper_of
from traektoria.organisations.models import Municipality, SchoolYear
from traektoria.people.models import TaughtClass
from traektoria.routes.models import Agreement, LearningRoute, RouteVersion
from traektoria.routes.route.actions import agreement, course, doing, editing
from traektoria.routes.route.enums import DeficitOutcomeKind

NEW_TASK = "Совсем другая задача второй редакции"


def agree(world: World, route: LearningRoute, number: int) -> LearningRoute:
    agreement.agree_route(route=route, number=number, by=actor(world, "teacher"))
    return fresh(route)


def changed(world: World, route: LearningRoute) -> LearningRoute:
    """With a correction of its first item open (of a draft: edited in place)."""
    if route.in_force_since:
        editing.open_correction(route=route, by=actor(world, "tutor"))
    editing.edit_item(item=route.items.first(), values={"task": NEW_TASK}, by=actor(world, "tutor"))
    return fresh(route)


def proposed(world: World, route: LearningRoute) -> LearningRoute:
    agreement.propose_route(route=route, by=actor(world, "tutor"))
    return fresh(route)


def returned(world: World) -> LearningRoute:
    route = make_proposed(world)
    agreement.return_route(route=route, number=1, reason="Поменяйте срок", by=actor(world, "teacher"))
    return fresh(route)


def closed(world: World) -> LearningRoute:
    route = make_running(world)
    for item in route.items.all():
        doing.cancel_item(item=item, reason="тема снята", by=actor(world, "tutor"))
    pks = route.items.values_list("hypothesis_id", flat=True)
    outcomes: Any = {pk: (DeficitOutcomeKind.OVERCOME, "видно по работе") for pk in pks if pk}
    course.close_route(route=fresh(route), outcomes=outcomes, conclusion="Всё получилось.", by=actor(world, "tutor"))
    return fresh(route)


def withdrawn(world: World) -> LearningRoute:
    route = make_proposed(world)
    agreement.withdraw_proposal(route=route, by=actor(world, "tutor"))
    return fresh(route)


def stopped(world: World, route: LearningRoute) -> LearningRoute:
    course.stop_route(route=route, reason="Переезд", by=actor(world, "tutor"))
    return fresh(route)


STATES: dict[str, Any] = {
    "draft": (make_draft, Standing.DRAFT, None, False),
    "proposed": (make_proposed, Standing.WAITING, 1, False),
    "returned": (returned, Standing.DRAFT, None, False),
    "withdrawn": (withdrawn, Standing.DRAFT, None, False),
    "edited after the return": (lambda w: changed(w, returned(w)), Standing.DRAFT, None, True),
    "second proposed, none agreed": (lambda w: proposed(w, changed(w, returned(w))), Standing.WAITING, 2, True),
    "second agreed, first never": (
        lambda w: agree(w, proposed(w, changed(w, returned(w))), 2), Standing.AGREED, 2, True,
    ),
    "agreed": (make_running, Standing.AGREED, 1, False),
    "second being drafted": (lambda w: changed(w, make_running(w)), Standing.AGREED, 1, False),
    "second waits": (lambda w: proposed(w, changed(w, make_running(w))), Standing.AGREED, 1, False),
    "second agreed": (lambda w: agree(w, proposed(w, changed(w, make_running(w))), 2), Standing.AGREED, 2, True),
    "closed": (closed, Standing.CLOSED, 1, False),
    "stopped": (lambda w: stopped(w, make_running(w)), Standing.STOPPED, 1, False),
    "stopped while the second waited": (
        lambda w: stopped(w, proposed(w, changed(w, make_running(w)))), Standing.STOPPED, 1, False,
    ),
    "stopped draft": (lambda w: stopped(w, make_draft(w)), Standing.STOPPED, None, False),
}  # fmt: skip


def aged(route: LearningRoute) -> None:
    """Its versions were proposed on different days, long ago: a day of today would be somebody else's."""
    for version in RouteVersion.objects.filter(route=route):
        moment = timezone.now() - timedelta(days=20 - version.number)
        RouteVersion.objects.filter(pk=version.pk).update(created_at=moment)
        Agreement.objects.filter(version=version).update(created_at=moment + timedelta(days=3))


@pytest.mark.parametrize("state", STATES)
def test_the_card_is_that_of_one_version(world: World, state: str) -> None:
    make, standing, number, is_new = STATES[state]
    route = make(world)
    aged(route)
    card = card_contents.card_of(route)
    assert card.standing == standing
    assert (NEW_TASK in [item.task for item in card.items]) is is_new
    version = RouteVersion.objects.filter(route=route, number=number).first()
    if version is None:
        assert card.is_draft
        assert card.version_date == timezone.localdate(), "a draft is of the day when it is printed"
        assert "ещё не согласован" in paper_of(card).edition
    else:
        says_the_version(card, version)
    issued = actions.issue_route_card(route=route, by=actor(world, "tutor"), site=SITE)
    assert (issued.document is None) is card.is_draft
    assert issued.paper.draft is card.is_draft
    if issued.document:
        assert issued.document.version == number
        assert not queries.is_outdated(issued.document)
        assert queries.newer_version(issued.document) is None


def says_the_version(card: RouteCard, version: RouteVersion) -> None:
    snapshot = version.snapshot
    assert card.version == version.number
    assert card.version_date == timezone.localdate(version.created_at)
    assert (card.start.isoformat(), card.end.isoformat()) == (snapshot["start"], snapshot["end"])
    assert [item.task for item in card.items] == [line["task"] for line in snapshot["items"]]
    assert [item.deadline for item in card.items] == [
        date.fromisoformat(line["deadline"]) for line in snapshot["items"]
    ]
    words = {timezone.localdate(word.created_at) for word in version.agreements.filter(agreed=True)}
    assert {place.agreed_on for place in card.signatures} - {None} == words
    assert (card.agreed_on is not None) is (card.standing is not Standing.WAITING)
    assert f"Редакция № {version.number} от " in paper_of(card).edition


def test_a_version_that_waits_is_named_on_the_one_in_force(world: World) -> None:
    route = proposed(world, changed(world, make_running(world)))
    said = paper_of(card_contents.card_of(route)).edition
    assert said.startswith("Редакция № 1 от ")
    assert "Предложена редакция № 2 от " in said
    assert NEW_TASK not in str(paper_of(card_contents.card_of(route)))


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_both_formats_say_the_version_and_mark_the_draft(world: World, as_, form: str) -> None:  # type: ignore[no-untyped-def]
    route = make_proposed(world)
    text = taken(as_("tutor"), route, form)
    assert squeezed("ПРОЕКТ") in text
    assert squeezed("ждёт согласования") in text
    assert not IssuedDocument.objects.exists()
    agree(world, route, 1)
    text = taken(as_("tutor"), route, form)
    assert squeezed("ПРОЕКТ") not in text
    assert squeezed("Редакция № 1 от") in text
    assert squeezed(", согласована") in text


def verified(code: str) -> str:
    return Client().get(reverse("documents:verification_result", kwargs={"code": code})).content.decode()


def test_what_is_printed_anew_is_verified_as_the_latest(world: World) -> None:
    """Done, printed, taken back, printed: the last paper is the last, though its content is the first one's."""
    route, by = make_running(world), actor(world, "tutor")

    def issued() -> IssuedDocument:
        found = actions.issue_route_card(route=fresh(route), by=by, site=SITE).document
        assert found is not None
        return found

    first = issued()
    item = route.items.first()
    doing.finish_item(item=item, by=by)
    second = issued()
    assert queries.is_outdated(first)
    assert "позже" in verified(first.code)
    doing.undo_item(item=item, by=by)
    third = issued()
    assert third.code == first.code
    assert not queries.is_outdated(third)
    assert "позже" not in verified(third.code)
    assert queries.is_outdated(second)
    assert issued().code == third.code


def test_a_paper_of_an_older_version_says_which_is_in_force(  # type: ignore[no-untyped-def]
    world: World, django_assert_max_num_queries
) -> None:
    route = make_running(world)
    first = actions.issue_route_card(route=route, by=actor(world, "tutor"), site=SITE).document
    assert first is not None
    route = proposed(world, changed(world, route))
    assert queries.newer_version(first) is None
    agree(world, route, 2)
    assert queries.newer_version(first) == 2
    with django_assert_max_num_queries(2):
        page = verified(first.code)
    assert "Сейчас действует редакция 2" in page


def test_a_cancelled_item_stays_on_the_card_of_its_version(world: World) -> None:
    route = make_running(world)
    item = route.items.first()
    doing.cancel_item(item=item, reason="тема снята", by=actor(world, "tutor"))
    card = card_contents.card_of(route)
    assert len(card.items) == route.items.count()
    assert card.items[0].note == "Отменено: тема снята"
    assert card.progress is not None
    assert card.progress.total == route.items.count() - 1


def test_an_open_correction_moves_no_day_of_the_card(world: World) -> None:
    route = make_running(world)
    before = card_contents.card_of(route)
    LearningRoute.objects.filter(pk=route.pk).update(updated_at=timezone.now() + timedelta(days=9))
    changed(world, fresh(route))
    assert card_contents.card_of(route) == before


def test_a_signature_is_of_the_tutor_who_agreed(world: World) -> None:
    route = make_running(world)
    agreed = route.support.tutor.short_name
    route.support.tutor = world.accounts["other_tutor"].person
    route.support.save()
    card = card_contents.card_of(fresh(route))
    assert [place.short_name for place in card.signatures if place.party == "tutor"] == [agreed]


def test_hypotheses_added_later_change_no_version(world: World) -> None:
    route = make_running(world)
    before = card_contents.card_of(route)
    make_hypothesis(world, world.accounts["teacher"].person, "Ещё одна тема")
    assert card_contents.card_of(route) == before


def test_service_is_counted_by_the_calendar(world: World) -> None:
    """On the anniversary a year is over; the day before it is not, whatever leap years there were."""
    route = make_draft(world)
    person = world.accounts["teacher"].person
    start = route.start
    for shift, years in ((0, 21), (1, 20)):
        since = start.replace(year=start.year - 21) + timedelta(days=shift)
        person.employments.update(experience_from=since)
        assert card_contents.card_of(route).teachers[0].service_years == years


def test_classes_are_those_of_the_school_year(world: World) -> None:
    route = make_draft(world)
    job = world.accounts["teacher"].person.employments.get()
    this = school_year.this_year()
    for start_year, grade, letter in ((this, 10, "Б"), (this, 9, "А"), (this - 1, 8, "В"), (this + 1, 11, "А")):
        year, _made = SchoolYear.objects.get_or_create(start_year=start_year)
        TaughtClass.objects.create(employment=job, year=year, subject="math", grade=grade, letter=letter)
    assert card_contents.card_of(route).teachers[0].classes == "9А, 10Б"


@pytest.mark.parametrize(("zone", "said"), [("", 31), ("Europe/Moscow", 31), ("Asia/Yekaterinburg", 1)])
def test_the_day_of_a_paper_is_that_of_its_centre(world: World, zone: str, said: int) -> None:
    """Proposed on 31 August, 23:30 in Moscow: 1 September, 01:30 in Yekaterinburg, whoever prints it where."""
    Municipality.objects.filter(pk=world.own.municipality_id).update(time_zone=zone)
    route = make_running(world)
    RouteVersion.objects.filter(route=route).update(created_at=datetime(2026, 8, 31, 20, 30, tzinfo=UTC))
    issued = actions.issue_route_card(route=fresh(route), by=actor(world, "tutor"), site=SITE)
    assert issued.card.version_date.day == said
