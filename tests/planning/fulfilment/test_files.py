"""A file shows what was done: the same once, opened by who reads the item, gone for good when it is taken away."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from tests.planning.plan_factories import approved, first_item, times
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.actions.deed_files import hide_file, show_deed
from traektoria.planning.fulfilment.actions.doing import DeedText
from traektoria.planning.models import Deed, DeedFile, ItemOccurrence

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


def sheet(content: bytes = PDF, name: str = "Список.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def done(world: World, **more: Any) -> tuple[ItemOccurrence, Deed]:
    time = times(first_item(approved(world)))[0]
    told = DeedText("Урок", timezone.localdate(), **more)
    return time, doing.tell_deed(occurrence=time, told=told, by=actor(world, "tutor"))


def test_a_deed_is_told_with_its_file_and_a_second_press_keeps_one(world: World) -> None:
    time, deed = done(world, file=sheet())
    doing.tell_deed(occurrence=time, told=DeedText("Урок", deed.day, file=sheet()), by=actor(world, "tutor"))
    assert [(one.name, one.deed_id) for one in DeedFile.objects.all()] == [("Список.pdf", deed.pk)]
    doing.tell_deed(occurrence=time, told=DeedText("Урок", deed.day, file=sheet(PDF + b"2")), by=actor(world, "tutor"))
    assert deed.files.count() == 2, "another file of the same deed is not lost"


def test_what_could_run_is_refused_and_the_deed_with_it(world: World) -> None:
    time = times(first_item(approved(world)))[0]
    told = DeedText("Урок", timezone.localdate(), file=sheet(b"MZ", "Список.pdf"))
    with pytest.raises(Invalid):
        doing.tell_deed(occurrence=time, told=told, by=actor(world, "tutor"))
    assert not Deed.objects.exists()


def test_files_are_of_who_answers_for_the_item(world: World) -> None:
    _, deed = done(world)
    with pytest.raises(Refused):
        show_deed(deed=deed, file=sheet(), by=actor(world, "teacher"))
    doing.undo_deed(deed=deed, reason="Не туда", by=actor(world, "tutor"))
    with pytest.raises(Conflict):
        show_deed(deed=deed, file=sheet(), by=actor(world, "tutor"))


def test_a_file_that_is_taken_away_goes_from_the_disk(world: World) -> None:
    _, deed = done(world)
    file = show_deed(deed=deed, file=sheet(), by=actor(world, "tutor"))
    place = Path(file.file.path)
    assert place.exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        hide_file(file=file, by=actor(world, "tutor"))
        hide_file(file=file, by=actor(world, "tutor"))
    assert not place.exists()
    assert not DeedFile.objects.exists()


def test_on_the_page_of_the_time(world: World, client: Client) -> None:
    time, deed = done(world)
    client.force_login(world.accounts["tutor"])
    page = reverse("planning:time_detail", args=[time.pk])
    client.post(reverse("planning:deed_show", args=[deed.pk]), {"file": sheet()})
    file = deed.files.get()
    assert "Список.pdf" in client.get(page).content.decode()
    answer = client.get(reverse("planning:deed_file", args=[file.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert "attachment" in answer["Content-Disposition"]
    bad = client.post(reverse("planning:deed_show", args=[deed.pk]), {"file": sheet(b"MZ")})
    assert bad.status_code == 422
    told = {"what": "Ещё урок", "day": deed.day.isoformat(), "note": "", "link": "", "file": sheet(PDF + b"3")}
    client.post(reverse("planning:deed_tell", args=[time.pk]), told)
    assert Deed.objects.get(what="Ещё урок").files.count() == 1
