"""A school's own card: its draft is its own, what is shared stands, an audit is laid beside it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.planning.audits.audit_factories import planned, signed
from tests.planning.selfcards.card_factories import KIND, begun, numbers, shared, written
from tests.routes.route_factories import actor
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.shared_forms import ChangedMeanwhile, stamp
from traektoria.messaging.models import Message
from traektoria.planning.audits.actions.checklists import add_criterion, begin_edition, publish_edition
from traektoria.planning.models import CardRemark, SelfCard
from traektoria.planning.selfcards.actions.filling import begin_card, drop_card, save_card, share_card
from traektoria.planning.selfcards.actions.reading import read_card, remark_on
from traektoria.planning.selfcards.letters import REMARKED, SHARED
from traektoria.planning.selfcards.queries.cards import beside, find_card, sheet_of

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
CRITERION = {
    "title": "Новый критерий", "hint": "", "points": 1, "partly": 0, "yes_looks": "", "partly_looks": "",
    "no_looks": "", "asks_address": False,
}  # fmt: skip


def text_of(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"planning:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def test_nothing_is_answered_beforehand_and_the_draft_is_the_school_s_own(world: World) -> None:
    card = begun(world)
    assert card.answers == {}
    assert begun(world, "deputy_head").pk == card.pk
    for name in ("head", "deputy_head"):
        assert find_card(actor(world, name), card.pk) == card
    for name in ("coordinator", "tutor", "teacher", "foreign_head", "foreign_coordinator", "administrator"):
        assert find_card(actor(world, name), card.pk) is None
    with pytest.raises(Refused):
        begin_card(centre=world.own, school=world.school, kind=KIND, by=actor(world, "coordinator"))
    with pytest.raises(Invalid):
        begin_card(centre=world.own, school=world.school, kind="exam_site", by=actor(world, "head"))


def test_two_windows_lose_nothing_unseen(world: World) -> None:
    card, by = begun(world), actor(world, "head")
    first, second = numbers(card)[:2]
    empty = stamp({})
    one = save_card(card=card, answers={first: ("yes", "")}, seen=empty, by=by)
    save_card(card=card, answers={first: ("yes", "")}, seen=empty, by=by)  # the same again
    with pytest.raises(ChangedMeanwhile) as other:
        save_card(card=card, answers={second: ("no", "")}, seen=empty, by=actor(world, "deputy_head"))
    assert other.value.seen == stamp(one.answers)
    saved = save_card(card=card, answers={first: ("na", " "), 9999: ("yes", "")}, seen=other.value.seen, by=by)
    assert saved.answers == {str(first): {"verdict": "na", "note": ""}}


def test_half_a_card_is_not_shared(world: World) -> None:
    card, by = begun(world), actor(world, "head")
    with pytest.raises(Invalid) as refusal:
        share_card(card=card, by=by)
    assert refusal.value.code == "unsaid"
    answers = dict.fromkeys(numbers(card), ("na", ""))
    save_card(card=card, answers=answers, seen=stamp({}), by=by)
    with pytest.raises(Invalid) as refusal:
        share_card(card=card, by=by)
    assert refusal.value.code == "unexplained"


def test_what_is_shared_stands_and_the_next_version_says_what_is_new(world: World) -> None:
    first = shared(world, "yes no partly")
    share_card(card=first, by=actor(world, "head"))  # a second press
    assert Message.objects.filter(kind=SHARED).count() == 1
    with pytest.raises(Conflict):
        save_card(card=first, answers={}, seen="", by=actor(world, "head"))
    with pytest.raises(Conflict):
        drop_card(card=first, by=actor(world, "head"))
    keeper = actor(world, "coordinator")
    newer = begin_edition(centre_id=world.own.pk, kind=KIND, by=keeper)
    add_criterion(version=newer, section="Условия", given=CRITERION, by=keeper)
    publish_edition(version=newer, by=keeper)
    second = written(world, "yes yes partly")
    sheet = sheet_of(second)
    assert (second.number, second.version_id) == (2, newer.pk)
    assert [line.criterion.title for line in sheet.news if line.is_new] == ["Новый критерий"]
    assert [line.place for line in sheet.news if line.changed] == [2]
    drop_card(card=second, by=actor(world, "head"))
    drop_card(card=second, by=actor(world, "head"))
    assert list(SelfCard.objects.values_list("number", flat=True)) == [1]


def test_the_centre_reads_and_remarks_once(world: World, as_: As) -> None:
    card = shared(world)
    keeper = actor(world, "coordinator")
    assert [line.what for line in lines_for(keeper, kinds="planning.card")] == ["Прочитать карточку самоанализа"]
    number = numbers(card)[0]
    for _press in range(2):
        remark_on(card=card, criterion=number, words="Каким приказом?", by=keeper)
    assert CardRemark.objects.count() == 1
    assert Message.objects.filter(kind=REMARKED).count() == 2
    assert lines_for(keeper, kinds="planning.card") == []
    assert what_differs() == []
    read_card(card=card, by=keeper)
    assert "Каким приказом?" in text_of(as_("head"), "card_detail", card.pk)
    for wrong in ({"criterion": 9999, "words": "?"}, {"criterion": None, "words": " "}):
        with pytest.raises(Invalid):
            remark_on(card=card, by=keeper, **wrong)
    with pytest.raises(Refused):
        remark_on(card=card, criterion=None, words="?", by=actor(world, "head"))


def test_before_an_audit_the_card_is_asked_for(world: World) -> None:
    audit = planned(world, kind=KIND)
    head = actor(world, "head")
    line = lines_for(head, kinds="planning.card_wanted")[0]
    assert line.due == audit.day
    begun(world)
    assert lines_for(head, kinds="planning.card_wanted")
    shared(world)
    assert lines_for(head, kinds="planning.card_wanted") == []
    assert what_differs() == []


def test_reality_beside_the_card(world: World, as_: As) -> None:
    card = shared(world, "yes no yes", note="Есть приказ")
    act = signed(world, "no no unseen yes", kind=KIND, partial=True)
    found = beside(act)
    assert found.card == card
    assert [(line.both, line.differs) for line in found.lines][:4] == [
        (True, True), (True, False), (False, False), (True, False),
    ]  # fmt: skip
    assert (found.differing, found.both) == (1, 8)
    for name in ("coordinator", "tutor", "head"):
        page = text_of(as_(name), "card_compare", act.pk)
        assert page.count("видят по-разному") == 1
        assert "Есть приказ" in page
    later = shared(world, "no")
    assert beside(act).card == card
    assert beside(planned(world, kind=KIND)).card == later


def test_the_school_sees_no_draft_of_an_audit_beside_its_card(world: World, as_: As) -> None:
    shared(world)
    audit = planned(world, kind=KIND)
    assert as_("head").get(reverse("planning:card_compare", args=[audit.pk])).status_code == 404
    assert text_of(as_("tutor"), "card_compare", audit.pk)
    assert as_("other_tutor").get(reverse("planning:card_compare", args=[audit.pk])).status_code == 404


def test_an_auditor_reads_what_is_shared_of_that_school_alone(world: World) -> None:
    card = shared(world)
    assert find_card(actor(world, "tutor"), card.pk) is None
    planned(world, kind=KIND)
    assert find_card(actor(world, "tutor"), card.pk) == card
    assert find_card(actor(world, "other_tutor"), card.pk) is None


def test_a_form_saves_itself_and_says_what_it_shows_now(world: World, as_: As) -> None:
    card, client = begun(world), as_("head")
    address = reverse("planning:card_fill", args=[card.pk])
    number = numbers(card)[0]
    body = {"seen": stamp({}), f"verdict_{number}": "partly", f"note_{number}": "Ещё не всё"}
    assert client.get(address).content.decode().count("по желанию") == len(numbers(card)), "the words, not the answers"
    first = client.post(address, body, headers={"X-Autosave": "1"})
    assert first.status_code == 204
    card.refresh_from_db()
    assert first.headers["X-Seen"] == stamp(card.answers)
    stale = client.post(address, {**body, f"note_{number}": "Другое"})
    assert stale.status_code == 422
    assert "Другое" in stale.content.decode()
    again = client.post(address, {**body, f"note_{number}": "Другое", "seen": stamp(card.answers)})
    assert again.status_code == 302
    page = text_of(client, "card_detail", card.pk)
    assert "Другое" in page
    assert "Сначала ответьте на все критерии." in page


def test_what_cards_cost(world: World, as_: As, django_assert_num_queries: Any) -> None:
    shared(world)
    keeper = as_("coordinator")
    keeper.get(reverse("planning:card_list"))
    with django_assert_num_queries(4):
        keeper.get(reverse("planning:card_list"))
