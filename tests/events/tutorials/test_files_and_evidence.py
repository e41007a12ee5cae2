"""Files of a self-work, when it is taken, and an accepted one as evidence of the route."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.events.enrolment_factories import given_back, registered
from tests.events.event_factories import pdf, rules
from tests.events.tutorial_factories import accepted, handed, released, tasks, tutorial
from tests.planning.audits.audit_factories import photo
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.events.event.actions.steps import cancel_event
from traektoria.events.models import Enrolment, Event, SelfTask, SelfWork, WorkFile, WorkTurn
from traektoria.events.tutorials.actions.evidence import answer_work
from traektoria.events.tutorials.actions.files import remove_file
from traektoria.events.tutorials.actions.works import accept_work, reconsider_work, return_work
from traektoria.events.tutorials.policies import FILES
from traektoria.people.models import AccessRecord
from traektoria.routes.models import ItemEvidence
from traektoria.routes.route.actions.doing import remove_evidence

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _rules(world: World, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    rules(world)


def test_files_come_with_a_work_once_and_a_photo_without_its_place(world: World, as_: As) -> None:
    """A press that is repeated keeps nothing twice; who may read the work downloads its files, each look is logged."""
    task = tasks(tutorial(world, "teacher", "other_teacher"))[0]
    page = f"/events/tasks/{task.pk}/"
    for _press in range(2):
        sent = {"text": "", "link": "", "attachments": [pdf(), photo()]}
        assert as_("teacher").post(page, sent).status_code == 302
    assert (WorkTurn.objects.count(), WorkFile.objects.count()) == (1, 2)
    document, picture = WorkFile.objects.all()
    with Image.open(picture.file) as shown:
        assert (max(shown.size), dict(shown.getexif())) == (1600, {})
    addresses = [f"/events/works/files/{one.pk}/" for one in (document, picture)]
    assert all(address in as_("teacher").get(page).content.decode() for address in addresses)
    answer = as_("tutor").get(addresses[0])
    assert answer["Content-Disposition"].startswith("attachment")
    assert AccessRecord.objects.filter(subject_kind="self_work", person_id=person(world, "teacher").pk).exists()
    for stranger in ("other_teacher", "other_tutor", "foreign_tutor", "head"):
        assert as_(stranger).get(addresses[0]).status_code == 404
    wrong = as_("teacher").post(page, {"text": "", "link": "", "attachments": [pdf(name="Список.exe")]})
    assert wrong.status_code == 422
    with pytest.raises(Invalid):
        handed(world, task, "other_teacher", files=[pdf(str(number)) for number in range((FILES.most or 0) + 1)])
    assert not SelfWork.objects.filter(person=person(world, "other_teacher")).exists()


def test_a_file_is_taken_away_until_the_work_is_accepted(world: World) -> None:
    """Who has the work open reads it anew before it is accepted; the coordinator takes a name of a pupil away later."""
    task, me = tasks(tutorial(world, "teacher"))[0], actor(world, "teacher")
    work = handed(world, task, files=[pdf(), pdf("two")])
    first, second = WorkFile.objects.all()
    for stranger in ("tutor", "other_tutor", "foreign_coordinator"):
        with pytest.raises(Refused):
            remove_file(file=first, by=actor(world, stranger))
    stored = first.file.path
    for _press in range(2):
        remove_file(file=WorkFile(pk=first.pk, turn=first.turn), by=me)
    assert list(WorkFile.objects.all()) == [second]
    with pytest.raises(Conflict):
        accept_work(work=work, word="", by=actor(world, "tutor"), edition=work.edition)
    work = SelfWork.objects.get()
    accept_work(work=work, word="", by=actor(world, "tutor"), edition=work.edition)
    with pytest.raises(Conflict):
        remove_file(file=second, by=me)
    remove_file(file=second, by=actor(world, "coordinator"))
    assert not WorkFile.objects.exists()
    assert str(settings.MEDIA_ROOT) in stored


def test_no_work_is_emptied_while_it_waits_to_be_read(world: World) -> None:
    """The last file of a work without words goes once something else is handed in, or at once by the coordinator."""
    task, me = tasks(tutorial(world, "teacher"))[0], actor(world, "teacher")
    handed(world, task, text="", files=[pdf(), pdf("two")])
    first, second = WorkFile.objects.all()
    remove_file(file=first, by=me)
    with pytest.raises(Conflict) as refused:
        remove_file(file=second, by=me)
    remove_file(file=first, by=me)
    assert (refused.value.code, list(WorkFile.objects.all())) == ("nothing_left", [second])
    handed(world, task, text="Пять задач словами")
    remove_file(file=second, by=me)
    handed(world, task, text="", files=[pdf("three")])
    remove_file(file=WorkFile.objects.get(), by=actor(world, "coordinator"))
    assert not WorkFile.objects.exists()


def test_a_task_opens_on_the_day_of_its_meeting(world: World, as_: As) -> None:
    """By the clock of the centre, unless the programme says «before it too»; who was let in earlier finishes it."""
    event = tutorial(world, "teacher", "other_teacher")
    task = tasks(event)[0]
    work = return_work(work=handed(world, task), word="Добавьте ответы", by=actor(world, "tutor"))
    SelfTask.objects.update(early=False)
    task.refresh_from_db()
    day = timezone.localtime(event.dates.order_by("start")[0].start).replace(hour=0, minute=0)
    with pytest.raises(Conflict) as refused:
        handed(world, task, "other_teacher", now=day - timedelta(minutes=1))
    assert refused.value.code == "not_open"
    page = as_("other_teacher").get(f"/events/tasks/{task.pk}/").content.decode()
    assert 'name="attachments"' not in page
    assert "Сдать можно с" in page
    assert "Сдать можно с" in as_("other_teacher").get(f"/events/{event.pk}/tasks/").content.decode()
    assert handed(world, task, "other_teacher", now=day).state == "handed"
    assert handed(world, task, text="С ответами", now=day - timedelta(days=3)).pk == work.pk


def test_an_accepted_work_waits_for_the_yes_and_is_read_by_the_tutor_of_the_route(world: World, as_: As) -> None:
    """Offered, counted once, read without the remarks as long as the evidence stands; another tutor reads nothing."""
    item = make_running(world).items.order_by("pk")[0]
    event = tutorial(world, version=released(world, "other_tutor"), leader="other_tutor")
    registered(world, event, "teacher")
    Enrolment.objects.update(item=item)
    task, me, leader = tasks(event)[0], actor(world, "teacher"), actor(world, "other_tutor")
    work = return_work(work=handed(world, task, files=[pdf()]), word="Добавьте ответы", by=leader)
    address = f"/events/works/{work.pk}/"
    assert as_("tutor").get(address).status_code == 404
    work = accept_work(work=handed(world, task, text="С ответами"), word="Хорошо", by=leader)
    lines = lines_for(me, kinds="events.self_work_counts")
    assert [line.what for line in lines] == ["Засчитать для маршрута? «Подобрать пять задач»"]
    with pytest.raises(Refused):
        answer_work(work=work, counts=True, link="https://example.org/1", by=leader)
    for _press in range(2):
        assert as_("teacher").post(f"{address}answer/", {"answer": "yes"}).status_code == 302
    evidence = ItemEvidence.objects.get(item=item)
    assert evidence.link.endswith(address)
    page = as_("tutor").get(address).content.decode()
    assert ("С ответами" in page, "Добавьте ответы" in page, 'name="act"' in page) == (True, False, False)
    assert as_("tutor").get(f"/events/works/files/{WorkFile.objects.get().pk}/").status_code == 200
    assert as_("tutor").post(address, {"act": "accept", "word": ""}).status_code == 403
    for stranger in ("foreign_tutor", "head", "other_teacher"):
        assert as_(stranger).get(address).status_code == 404
    assert what_differs() == []
    reconsider_work(work=work, by=leader)
    assert "больше не принята" in as_("teacher").get(f"/events/tasks/{task.pk}/").content.decode()
    first = WorkFile.objects.get()
    handed(world, task, text="Для ведущего", files=[pdf("anew")])
    files = [f"/events/works/files/{one.pk}/" for one in (first, WorkFile.objects.exclude(pk=first.pk).get())]
    assert [as_("tutor").get(one).status_code for one in (address, *files)] == [404, 404, 404]
    accept_work(work=SelfWork.objects.get(), word="", by=leader)
    assert lines_for(me, kinds="events.self_work_counts") == []
    page = as_("tutor").get(address).content.decode()
    assert ("С ответами" in page, "Для ведущего" in page) == (True, False), "what was given to the route, not more"
    assert [as_("tutor").get(one).status_code for one in files] == [200, 404]
    assert [as_("other_tutor").get(one).status_code for one in files] == [200, 200]
    remove_evidence(evidence=evidence, by=me)
    assert as_("tutor").get(address).status_code == 404


def test_what_is_no_longer_asked_is_not_offered(world: World, as_: As) -> None:
    """Who gave the place back reads their own work still; a cancelled tutorial and a done item offer nothing."""
    item = make_running(world).items.order_by("pk")[0]
    event = tutorial(world, "teacher", "other_teacher")
    Enrolment.objects.filter(person=person(world, "teacher")).update(item=item)
    first, second = tasks(event)
    work = accepted(world, first)
    assert accepted(world, first, "other_teacher").answer == ""
    item.state = "cancelled"
    item.save(update_fields=["state"])
    assert accepted(world, second).answer == ""
    Enrolment.objects.update(item=None)
    with pytest.raises(Conflict) as refused:
        answer_work(work=work, counts=True, link="https://example.org/1", by=actor(world, "teacher"))
    assert (refused.value.code, SelfWork.objects.get(pk=work.pk).answer) == ("no_item", "asked")
    Enrolment.objects.filter(person=person(world, "teacher")).update(item=item)
    given_back(world, Enrolment.objects.get(event=event, person=person(world, "teacher")), "teacher")
    assert as_("teacher").get(f"/events/works/{work.pk}/", follow=True).status_code == 200
    cancel_event(event=Event.objects.get(pk=event.pk), reason="Карантин", by=actor(world, "coordinator"))
    with pytest.raises(Conflict):
        answer_work(work=work, counts=True, link="https://example.org/1", by=actor(world, "teacher"))
    assert lines_for(actor(world, "teacher"), kinds="events.self_work_counts") == []
    assert what_differs() == []
