"""What schools say of themselves and why they are helped, from two windows at once: official lists, self-analysis
cards, categories of teachers. One of two stands, the other reads a sentence, nothing is doubled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.acceptance.races import together
from tests.factories import make_school
from tests.planning.selfcards.card_factories import KIND, begun, numbers, written
from tests.routes.categories.test_categories import under_tbilisskaya
from tests.routes.route_factories import actor, make_route_support
from tests.world import World
from traektoria.core.errors import Conflict, DomainError
from traektoria.core.shared_forms import stamp
from traektoria.messaging.models import Message
from traektoria.organisations.enums import HelpReason
from traektoria.organisations.lists.actions import remove_list, save_list
from traektoria.organisations.models import ListedSchool, SchoolList
from traektoria.people.models import Employment
from traektoria.planning.models import SelfCard
from traektoria.planning.selfcards.actions.filling import begin_card, drop_card, save_card, share_card
from traektoria.routes.categories.actions import answer_category, propose_categories
from traektoria.routes.models import TeacherCategory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_is_saved_by_one_of_two_and_taken_out_once(own_world: World) -> None:
    centre, by = own_world.own, actor(own_world, "coordinator")
    first, second = own_world.school, make_school(centre, "СОШ № 77")

    def save(school: int, seen: int = 0) -> object:
        return save_list(
            centre=centre, reason=HelpReason.LOW_RESULTS, year=2026, source="Приказ № 1", schools=[school], seen=seen,
            by=by,
        )  # fmt: skip

    ended = together(lambda: save(first.pk), lambda: save(second.pk), lambda: save(first.pk))
    row = SchoolList.objects.get()
    stands = ListedSchool.objects.get(list=row).school_id
    assert stands in (first.pk, second.pk)
    assert row.edition == 1
    refused = [one for one in ended if isinstance(one, DomainError)]
    assert len(refused) == (1 if stands == first.pk else 2)
    assert all(isinstance(one, Conflict) for one in refused)
    other = second if stands == first.pk else first
    together(
        lambda: save(other.pk, row.edition), lambda: remove_list(row=row, by=by), lambda: remove_list(row=row, by=by)
    )
    left = SchoolList.objects.all()
    assert left.count() <= 1
    assert ListedSchool.objects.count() == left.count()


def test_a_card_of_two_deputies_is_one_draft_and_no_words_are_lost_unseen(own_world: World) -> None:
    card = begun(own_world)
    drop_card(card=card, by=actor(own_world, "head"))
    people = [actor(own_world, one) for one in ("head", "deputy_head")]

    def begin(number: int) -> object:
        return begin_card(centre=own_world.own, school=own_world.school, kind=KIND, by=people[number])

    together(lambda: begin(0), lambda: begin(1))
    card = SelfCard.objects.get()
    said = dict.fromkeys(numbers(card), ("yes", "Приказ № 1"))
    other = said | {numbers(card)[0]: ("no", "Приказа нет")}
    seen = stamp(card.answers)
    ended = together(
        lambda: save_card(card=card, answers=said, seen=seen, by=people[0]),
        lambda: save_card(card=card, answers=other, seen=seen, by=people[1]),
    )
    assert sum(isinstance(one, DomainError) for one in ended) == 1
    card.refresh_from_db()
    assert card.answers[str(numbers(card)[0])]["verdict"] in ("yes", "no")
    together(*[lambda one=one: share_card(card=card, by=one) for one in people] * 2)  # type: ignore[misc]
    assert SelfCard.objects.get().number == 1
    assert Message.objects.filter(kind="planning.card_shared").count() == 1


def test_a_card_is_shared_or_thrown_away(own_world: World) -> None:
    card, by = written(own_world), actor(own_world, "head")
    together(lambda: share_card(card=card, by=by), lambda: drop_card(card=card, by=by))
    rows = list(SelfCard.objects.all())
    assert [one.is_draft for one in rows] in ([], [False])
    assert Message.objects.filter(kind="planning.card_shared").exists() == bool(rows)


def test_a_category_is_proposed_once_and_the_person_s_last_answer_stands_whole(own_world: World) -> None:
    under_tbilisskaya(own_world)
    support = make_route_support(own_world)
    job = Employment.objects.filter(person=own_world.accounts["teacher"].person).latest("pk")
    job.experience_from = timezone.localdate() - timedelta(days=90)
    job.save()
    together(*[lambda: propose_categories(support)] * 3)
    row = TeacherCategory.objects.get(slug="newcomers")
    by = actor(own_world, "teacher")
    together(*[lambda one=one: answer_category(category=row, agree=one, by=by) for one in (True, False, True, False)])  # type: ignore[misc]
    row.refresh_from_db()
    assert (row.agreed_at is None) != (row.declined_at is None)
