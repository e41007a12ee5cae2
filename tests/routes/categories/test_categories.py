"""Categories: found by facts of the person, proposed to the person, read by the tutor only when agreed; the plan."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.factories import make_dataset
from tests.factories import make_class
from tests.papers import words_of
from tests.routes.route_factories import actor, make_hypothesis, make_route_support
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core import school_year
from traektoria.core.errors import Refused
from traektoria.diagnostics.models import Hypothesis
from traektoria.documents.papers.deficit_plans import deficit_plan_paper
from traektoria.engines.papers import Table
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.contents import content_of, preset
from traektoria.people.models import Employment, Person
from traektoria.routes.categories.actions import answer_category, propose_categories
from traektoria.routes.categories.facts import in_words
from traektoria.routes.categories.permissions import agreed_of, own
from traektoria.routes.models import LearningRoute, TeacherCategory, TutorSupport
from traektoria.routes.route.actions.batch import look, schools_of_teachers
from traektoria.routes.route.actions.drafting import draft_route

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def under_tbilisskaya(world: World) -> None:
    """The regulation that makes a personified plan of a route."""
    support_of = content_of(preset("tbilisskaya"))["support"]
    for row in Regulation.objects.filter(centre=world.own):
        approved = row.approved_at and timezone.now()
        content = {**row.content, "support": support_of}
        Regulation.objects.filter(pk=row.pk).update(content=content, approved_at=approved)


@pytest.fixture
def support(world: World) -> TutorSupport:
    under_tbilisskaya(world)
    return make_route_support(world)


def teacher(world: World) -> Person:
    found = world.accounts["teacher"].person
    assert found is not None
    return found


def proposed(world: World) -> dict[str, str]:
    return {one.slug: in_words(one.facts) for one in TeacherCategory.objects.filter(person=teacher(world))}


def test_what_is_not_known_is_proposed_to_nobody(world: World, support: TutorSupport) -> None:
    assert propose_categories(support) == []


def test_each_category_by_its_own_facts(world: World, support: TutorSupport) -> None:
    this = school_year.this_year()
    job = Employment.objects.filter(person=teacher(world)).latest("pk")
    job.experience_from = timezone.localdate() - timedelta(days=90)
    job.save()
    make_class(job, start_year=this - 1, grade=5)
    make_class(job, start_year=this, grade=5)
    make_class(job, start_year=this, grade=8)
    make_hypothesis(world, teacher(world))
    propose_categories(support)
    propose_categories(support)
    found = proposed(world)
    assert set(found) == {"newcomers", "class_or_topic", "deepening"}
    assert found["class_or_topic"].endswith("8")
    assert "1" in found["deepening"]
    assert what_differs() == []


def test_results_speak_only_where_the_teacher_has_confirmed_them(world: World, support: TutorSupport) -> None:
    row = make_hypothesis(world, teacher(world))
    facts = {"origin": "results", "dataset": make_dataset(world.own)}
    Hypothesis.objects.filter(pk=row.pk).update(**facts, state="proposed", decided_at=None)
    propose_categories(support)
    assert proposed(world) == {}
    Hypothesis.objects.filter(pk=row.pk).update(state="confirmed", decided_at=timezone.now(), strength="weak")
    propose_categories(support)
    assert proposed(world) == {}
    Hypothesis.objects.filter(pk=row.pk).update(strength="strong")
    propose_categories(support)
    assert set(proposed(world)) == {"low_results"}


def test_only_the_teacher_sees_it_until_they_agree(world: World, support: TutorSupport, as_: As) -> None:
    make_hypothesis(world, teacher(world))
    route = draft_route(support=support, by=actor(world, "tutor"))
    row = TeacherCategory.objects.get()
    me = actor(world, "teacher")
    assert route.deficit_plan
    assert lines_for(me, kinds="routes.category")
    for name in ("tutor", "coordinator", "head", "other_teacher"):
        assert not own(actor(world, name)).exists()
        with pytest.raises(Refused):
            answer_category(category=row, agree=True, by=actor(world, name))
    assert agreed_of(world.own.pk, {teacher(world).pk}) == {}
    assert "Категория" not in paper_facts(route)
    answer_category(category=row, agree=False, by=me)
    assert lines_for(me, kinds="routes.category") == []
    assert agreed_of(world.own.pk, {teacher(world).pk}) == {}
    page = as_("teacher").post(reverse("routes:category_answer", args=[row.pk]), {"answer": "yes"}, follow=True)
    assert "вы согласились" in page.content.decode().replace("\xa0", " ")
    assert agreed_of(world.own.pk, {teacher(world).pk}) == {teacher(world).pk: [row.title]}
    assert paper_facts(route)["Категория"] == row.title
    assert what_differs() == []


def paper_facts(route: LearningRoute) -> dict[str, str]:
    return dict(deficit_plan_paper(LearningRoute.objects.get(pk=route.pk)).blocks[0].rows)  # type: ignore[union-attr]


def test_the_plan_is_the_table_of_the_source(world: World, support: TutorSupport) -> None:
    for topic in ("Чтение таблиц", "Задачи на движение"):
        make_hypothesis(world, teacher(world), topic)
    route = draft_route(support=support, by=actor(world, "tutor"))
    paper = deficit_plan_paper(LearningRoute.objects.get(pk=route.pk))
    tables = [one for one in paper.blocks if isinstance(one, Table)]
    rows = [row for table in tables for row in table.rows]
    assert paper.draft
    assert tables[0].head[:4] == ("№ п/п", "Содержание работы", "Сроки выполнения", "Ответственные")
    assert [row[0] for row in rows] == [str(number) for number in range(1, route.items.count() + 1)]
    assert all("тьютор" in row[3] for row in rows)


def test_a_batch_for_a_school_and_its_archive(world: World, support: TutorSupport, as_: As) -> None:
    make_hypothesis(world, teacher(world))
    tutor = actor(world, "tutor")
    assert schools_of_teachers(tutor) == [(world.school.pk, world.school.name)]
    assert [line.support for line in look(tutor, world.school.pk)] == [support]
    assert look(actor(world, "other_tutor"), world.school.pk) == []
    client = as_("tutor")
    address = f"{reverse('routes:route_batch')}?school={world.school.pk}"
    assert client.post(address).status_code == 200
    client.post(address)
    assert LearningRoute.objects.count() == 1
    archive = reverse("documents:deficit_plans", args=[world.school.pk, "docx"])
    assert as_("other_tutor").get(archive).status_code == 404
    answer = client.get(archive)
    assert ".docx" in answer["Content-Disposition"]
    text = words_of(b"".join(answer) if answer.streaming else answer.content, "docx")
    assert "ПЕРСОНИФИЦИРОВАННЫЙПЛАН" in text
    assert "Ответственные" in text
    assert "Персонифицированный план, PDF" in client.get(address).content.decode()


def test_plans_of_several_teachers_come_in_one_archive_and_the_button_says_so(
    world: World, support: TutorSupport, as_: As
) -> None:
    make_hypothesis(world, teacher(world))
    make_hypothesis(world, make_route_support(world, "other_teacher").members.get().person)
    client, address = as_("tutor"), f"{reverse('routes:route_batch')}?school={world.school.pk}"
    page = client.post(address).content.decode()
    assert "архив PDF" in page
    answer = client.get(reverse("documents:deficit_plans", args=[world.school.pk, "docx"]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as packed:
        assert len(packed.namelist()) == 2


def test_another_regulation_makes_no_such_plan(world: World, as_: As) -> None:
    made = make_route_support(world)
    make_hypothesis(world, teacher(world))
    route = draft_route(support=made, by=actor(world, "tutor"))
    assert not route.deficit_plan
    address = reverse("documents:paper", args=["deficit_plan", route.pk, "docx"])
    assert as_("tutor").get(address).status_code == 404
    assert address not in as_("tutor").get(reverse("routes:route_detail", args=[route.pk])).content.decode()
    assert not TeacherCategory.objects.exists()
