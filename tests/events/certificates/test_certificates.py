"""Certificates: given out once to who came, made anew and revoked with a reason, checked by anybody."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests.consultations.slot_factories import monday
from tests.events.certificate_factories import SIGNED, SITE, ended, issued
from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, begun, rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Refused
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.events.certificates.actions.changing import revise_certificate, revoke_certificate
from traektoria.events.certificates.actions.issuing import issue_named
from traektoria.events.certificates.letters import to_person
from traektoria.events.certificates.queries.earners import earning_of
from traektoria.events.event.actions.dating import hold_date
from traektoria.events.event.actions.steps import close_event
from traektoria.events.models import Certificate, Event, EventDate
from traektoria.messaging.kinds import readers
from traektoria.messaging.models import Message
from traektoria.people.models import Person

pytestmark = pytest.mark.django_db
KEYS = ("kind", "minutes", "short_name")


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)
    more_teachers(world, "third")


@pytest.fixture
def event(world: World) -> Event:
    return ended(world, came=["teacher"], absent=["third"])


def told() -> int:
    return Message.objects.filter(kind="events.certificate").count()


def test_who_came_and_who_led_get_one_and_a_second_press_nothing(world: World, event: Event) -> None:
    """Never who was only registered; hours are those of the dates."""
    made = issued(world, event)
    teacher, tutor = person(world, "teacher"), person(world, "tutor")
    assert {(row.person_id, row.kind, row.minutes) for row in made} == {
        (teacher.pk, "participant", 90), (tutor.pk, "leader", 90),
    }  # fmt: skip
    assert [row.number for row in made] == [1, 2]
    assert [one.name for one in earning_of(event).without] == [person(world, "third").short_name.replace("\xa0", " ")]
    assert (issued(world, event), told()) == ([], 2)
    named: dict[str, Any] = {
        "event": event,
        "signed": SIGNED,
        "site": SITE,
        "by": actor(world, "tutor"),
        "people": [teacher.pk],
    }
    assert [row.number for row in issue_named(kind="speaker", **named)] == [3]
    assert issue_named(kind="speaker", **named) == []
    assert told() == 3, "a message a certificate"
    with pytest.raises(Refused):
        issued(world, event, by="other_tutor")


def test_nothing_is_issued_before_who_came_is_settled(world: World) -> None:
    event = announced(world)
    registered(world, event)
    hold_date(date=begun(event), by=actor(world, "tutor"))
    with pytest.raises(Conflict, match="закрыто"):
        issued(world, event)


@pytest.mark.parametrize(("share", "earns"), [(100, False), (50, True)])
def test_of_a_series_the_share_that_the_regulation_asks(world: World, share: int, earns: bool) -> None:
    """Who came to a part has the hours of that part."""
    rules(world, certificate_share=share)
    event = announced(world, days=[monday(2), monday(3)])
    registered(world, event)
    for date, ago in zip(event.dates.order_by("start"), (9, 5), strict=True):
        length = date.end - date.start
        start = timezone.now() - timedelta(hours=ago)
        EventDate.objects.filter(pk=date.pk).update(start=start, end=start + length, held_at=start)
    first = event.dates.order_by("start")[0]
    first.attendance.create(person=person(world, "teacher"), said="came", at=timezone.now())
    Event.objects.filter(pk=event.pk).update(state="held")
    made = issued(world, close_event(event=event, by=actor(world, "tutor")))
    participants = [(row.minutes, row.days) for row in made if row.kind == "participant"]
    assert [minutes for minutes, _days in participants] == ([90] if earns else [])


def test_what_is_issued_stays_as_it_was(world: World, event: Event) -> None:
    """A renamed person, another title, an upgrade: nothing is issued, nothing told, the paper says what it said."""
    [row] = [one for one in issued(world, event) if one.kind == "participant"]
    before = Certificate.objects.filter(pk=row.pk).values().get()
    rows, messages = Certificate.objects.count(), told()
    Person.objects.filter(pk=row.person_id).update(surname="Другая")
    Event.objects.filter(pk=event.pk).update(title="Другое название")
    for _time in range(2):
        call_command("migrate", verbosity=0)
    assert Certificate.objects.filter(pk=row.pk).values().get() == before
    assert (Certificate.objects.count(), told()) == (rows, messages)
    row.title = "Подмена"
    with pytest.raises(TypeError):
        row.save()
    new = revise_certificate(row=row, reason="Сменила фамилию", signed=SIGNED, site=SITE, by=actor(world, "tutor"))
    row.refresh_from_db()
    assert (row.state, new.revision, new.replaces_id, new.number) == ("replaced", 2, row.pk, 3)
    assert new.name.startswith("Другая")
    assert (new.title, told()) == ("Другое название", messages + 1)
    with pytest.raises(Conflict):
        revise_certificate(row=row, reason="Ещё раз", signed=SIGNED, site=SITE, by=actor(world, "tutor"))
    gone = revoke_certificate(row=new, reason="Выдано по ошибке", by=actor(world, "coordinator"))
    assert revoke_certificate(row=gone, reason="Выдано по ошибке", by=actor(world, "coordinator")).state == "revoked"
    assert issued(world, event) == [], "what was revoked does not come back by itself"


def test_anybody_checks_a_paper_and_reads_what_it_says(world: World, event: Event) -> None:
    [row] = [one for one in issued(world, event) if one.kind == "participant"]
    anybody = Client()
    page = anybody.get(f"/events/check/{row.code.lower()}/")
    said = page.content.decode()
    for words in (
        row.full_number,
        row.short_name,
        row.title,
        row.days,
        row.place,
        "1 ч 30 мин",
        *vars(SIGNED).values(),
    ):
        assert words.replace("\xa0", " ") in said.replace("\xa0", " "), words
    assert person(world, "teacher").given not in said
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    typed = {"number": f"№ {row.full_number}", "word": row.word.upper()}
    assert anybody.post("/events/check/", typed).headers["Location"] == f"/events/check/{row.code}/"
    new = revise_certificate(row=row, reason="Опечатка", signed=SIGNED, site=SITE, by=actor(world, "tutor"))
    assert new.full_number in anybody.get(f"/events/check/{row.code}/").content.decode()
    revoke_certificate(row=new, reason="Выдано по ошибке", by=actor(world, "tutor"))
    assert "Выдано по ошибке" in anybody.get(f"/events/check/{new.code}/").content.decode()


def test_the_page_of_an_old_number_names_what_is_so_at_the_end(world: World, event: Event) -> None:
    """Replaced twice, then revoked: nowhere does it say that a dead number is in force."""
    facts: dict[str, Any] = {"signed": SIGNED, "site": SITE, "by": actor(world, "tutor"), "reason": "Опечатка"}
    first = next(row for row in issued(world, event) if row.kind == "participant")
    second = revise_certificate(row=first, **facts)
    third = revise_certificate(row=second, **facts)
    said = Client().get(f"/events/check/{first.code}/").content.decode()
    assert third.full_number in said
    assert second.full_number not in said
    revoke_certificate(row=third, reason="Ошибка", by=actor(world, "tutor"))
    assert f"{third.full_number}, он отозван" in Client().get(f"/events/check/{first.code}/").content.decode()


def test_changed_marks_issue_nothing_and_are_shown(world: World, event: Event, as_: Any) -> None:
    """Who came to fewer dates than are asked for gets no newer one either."""
    row = next(row for row in issued(world, event) if row.kind == "participant")
    assert earning_of(event).differs == {}
    event.dates.get().attendance.filter(person=row.person_id).update(said="missed")
    assert list(earning_of(event).differs) == [row.pk]
    assert "Отметки изменились" in as_("tutor").get(f"/events/{event.pk}/certificates/").content.decode()
    with pytest.raises(Conflict, match="отзовите"):
        revise_certificate(row=row, reason="Часы", signed=SIGNED, site=SITE, by=actor(world, "tutor"))
    assert Certificate.objects.filter(event=event).count() == 2


def test_what_was_changed_by_hand_is_not_vouched_for(world: World, event: Event, as_: Any) -> None:
    row = next(row for row in issued(world, event) if row.kind == "participant")
    Certificate.objects.filter(pk=row.pk).update(minutes=900)
    assert "не подтверждается" in Client().get(f"/events/check/{row.code}/").content.decode()
    Certificate.objects.filter(pk=row.pk).update(design=99)
    said = Client().get(f"/events/check/{row.code}/").content.decode()
    assert "выдала более новая версия" in said
    assert "были изменены" not in said
    assert as_("teacher").get(f"/events/certificates/{row.pk}.pdf").status_code == 409


def test_each_certificate_has_a_letter_of_its_own(world: World, event: Event) -> None:
    """Of one that was replaced the newer one tells; one that is revoked is news of its own letter."""
    [first] = [one for one in issued(world, event) if one.kind == "participant"]
    tutor = actor(world, "tutor")
    me = person(world, "teacher").pk
    [talk] = issue_named(event=event, people=[me], kind="speaker", signed=SIGNED, site=SITE, by=tutor)
    revise_certificate(row=first, reason="Имя", signed=SIGNED, site=SITE, by=tutor)
    Message.objects.filter(fact=f"certificate-{talk.pk}").update(read_at=timezone.now(), state="waiting")
    revoke_certificate(row=talk, reason="Ошибка", by=tutor)
    assert Message.objects.get(fact=f"certificate-{talk.pk}").read_at is None, "read under the bell, it is news again"
    rows = list(Message.objects.filter(kind="events.certificate", person_id=me).order_by("pk"))
    said = [getattr(one, "subject", "") for one in to_person(rows, readers([me])[me])]
    assert said == ["", "Сертификат отозван", "Ваш сертификат оформлен заново"]


def test_guessing_is_slowed_down(world: World, event: Event) -> None:
    """By the word of one number, and by addresses; who comes by the QR is not held up by it."""
    row = issued(world, event)[0]
    anybody = Client()
    answers = [
        anybody.post("/events/check/", {"number": row.full_number, "word": "бабабабаба"}).status_code
        for _time in range(15)
    ]
    assert answers[0] == 422
    assert answers[-1] == 429
    assert anybody.post("/events/check/", {"number": row.full_number, "word": row.word}).status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.8")
    assert elsewhere.post("/events/check/", {"number": row.full_number, "word": row.word}).status_code == 302
    assert Client(REMOTE_ADDR="198.51.100.7").get(f"/events/check/{row.code}/").status_code == 200


def test_files_are_taken_by_the_person_and_by_who_keeps_the_event(world: World, event: Event, as_: Any) -> None:
    """The PDF says what the issue says; its hash is kept once; a hall is one file or one archive."""
    sent = {"post": SIGNED.post, "name": SIGNED.name}
    as_("coordinator").post(f"/events/{event.pk}/certificates/issue/", sent)
    row = Certificate.objects.get(kind="participant")
    mine = as_("teacher").get(f"/events/certificates/{row.pk}.pdf")
    text = PdfReader(io.BytesIO(mine.content)).pages[0].extract_text().replace("\xa0", " ")
    assert row.name in " ".join(text.split())
    row.refresh_from_db()
    assert len(row.file_sha256) == 64
    assert as_("tutor").get(f"/events/certificates/{row.pk}.pdf").content == mine.content
    assert as_("other_teacher").get(f"/events/certificates/{row.pk}.pdf").status_code == 404
    hall = as_("tutor").get(f"/events/{event.pk}/certificates.pdf")
    assert len(PdfReader(io.BytesIO(hall.content)).pages) == 2
    packed = as_("coordinator").get(f"/events/{event.pk}/certificates.zip")
    assert len(zipfile.ZipFile(io.BytesIO(packed.getvalue())).namelist()) == 2


def test_a_hall_is_issued_by_the_worker(world: World, as_: Any, django_capture_on_commit_callbacks: Any) -> None:
    names = [f"guest{number}" for number in range(6)]
    more_teachers(world, *names)
    event = ended(world, came=names)
    client = as_("coordinator")
    sent = {"post": SIGNED.post, "name": SIGNED.name}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/events/{event.pk}/certificates/issue/", sent)
    assert answer.headers["Location"].startswith("/work/")
    do_what_is_due()
    assert Certificate.objects.filter(event=event).exclude(file_sha256="").count() == 7
    client.post(f"/events/{event.pk}/certificates/issue/", sent)
    assert Certificate.objects.count() == 7
