"""Files of a request: kept by content, read by who asked, the tutor who has it and the coordinator, taken away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.consultations.request_factories import assigned, own_request, school_request, wish
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.models import ConsultationRequest, RequestFile
from traektoria.consultations.personal_data import consultations_of
from traektoria.consultations.requests.actions.answering import decline_request
from traektoria.consultations.requests.actions.attaching import attach_files, remove_file
from traektoria.consultations.requests.actions.requests import ask_for_self
from traektoria.core.errors import DomainError, Invalid, Refused
from traektoria.core.installation.sources import attached
from traektoria.people.models import AccessRecord

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"
As = Callable[[str], Client]
READERS = {"teacher", "tutor", "coordinator"}
OTHERS = ("head", "other_teacher", "other_tutor", "foreign_coordinator", "foreign_tutor", "administrator")


def pdf(name: str = "урок.pdf", content: bytes = PDF) -> ContentFile[bytes]:
    return ContentFile(content, name=name)


def sent(name: str = "урок.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(world: World, request: ConsultationRequest, *files: Any, by: str = "teacher") -> list[RequestFile]:
    return attach_files(request=request, files=files or [pdf()], by=actor(world, by))


def test_asked_with_two_files_in_one_press(world: World, as_: As) -> None:
    data = {"topic": "Задачи с параметром", "subject": "math", "kind": "individual", "way": "any"}
    for _time in range(2):
        files = [sent(), sent("задание.pdf", PDF + b"2")]
        answer = as_("teacher").post(
            f"{reverse('consultations:request_new')}?as=teacher", {**data, "attachments": files}
        )
        assert answer.status_code == 302
    request = ConsultationRequest.objects.get()
    assert [one.file_name for one in request.files.all()] == ["урок.pdf", "задание.pdf"]
    page = as_("teacher").get(answer["Location"]).content.decode()
    assert "урок.pdf" in page


def test_each_reader_and_nobody_else_gets_it_as_a_download(world: World, as_: As) -> None:
    request = assigned(world, own_request(world))
    [file] = attach(world, request)
    address = reverse("consultations:request_file", args=[file.pk])
    for who in READERS:
        answer = as_(who).get(address)
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF), who  # type: ignore[attr-defined]
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert {as_(who).get(address).status_code for who in OTHERS} <= {403, 404}
    assert AccessRecord.objects.filter(subject_kind="consultation", subject_id=str(request.pk)).exists()


def test_who_is_named_by_a_school_reads_the_request_not_its_files(world: World, as_: As) -> None:
    request = school_request(world, "teacher")
    [file] = attach(world, request, by="head")
    address = reverse("consultations:request_file", args=[file.pk])
    assert [as_(who).get(address).status_code for who in ("head", "deputy_head", "teacher")] == [200, 200, 403]
    assert (
        "урок.pdf"
        not in as_("teacher").get(reverse("consultations:request_detail", args=[request.pk])).content.decode()
    )


def test_a_tutor_who_returned_it_reads_no_longer(world: World, as_: As) -> None:
    request = assigned(world, own_request(world))
    [file] = attach(world, request)
    as_("tutor").post(reverse("consultations:request_return", args=[request.pk]), {"reason": "Не мой предмет"})
    assert as_("tutor").get(reverse("consultations:request_file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(("name", "content"), [("урок.exe", b"MZ"), ("урок.pdf", b"MZ what runs"), ("урок.pdf", b"")])
def test_what_could_run_is_refused_and_nothing_is_asked(world: World, name: str, content: bytes) -> None:
    with pytest.raises(Invalid):
        ask_for_self(centre=world.own, wish=wish(), files=[pdf(), pdf(name, content)], by=actor(world, "teacher"))
    assert not RequestFile.objects.exists()


def test_they_count_for_the_person_and_the_centre(world: World) -> None:
    [file] = attach(world, own_request(world))
    source = attached.get("consultations.requests")
    assert source is not None
    for whose in ({"person_id": person(world, "teacher").pk}, {"centre_id": world.own.pk}):
        assert list(source.names(**whose)) == [file.file.name]


def test_the_first_is_not_left_when_the_second_is_not_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    request, names = own_request(world), []
    store = default_storage.save

    def fails(name: str, content: Any, **kwargs: Any) -> str:
        names.append(name)
        if len(names) == 2:
            raise OSError
        return store(name, content, **kwargs)

    monkeypatch.setattr(default_storage, "save", fails)
    with pytest.raises(OSError):
        attach(world, request, pdf(), pdf("два.pdf", PDF + b"2"))
    assert [default_storage.exists(name) for name in names] == [False, False]


def test_five_at_most_and_the_same_content_once(world: World) -> None:
    request = own_request(world)
    attach(world, request, *(pdf(f"{one}.pdf", PDF + bytes([one])) for one in range(5)))
    assert attach(world, request, pdf("ещё раз.pdf", PDF + bytes([1]))) == []
    with pytest.raises(Invalid) as caught:
        attach(world, request, pdf("шестой.pdf", PDF + bytes([9])))
    assert caught.value.code == "too_many_files"


def test_taken_away_the_file_is_gone(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    request = own_request(world)
    [file] = attach(world, request)
    name = str(file.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            remove_file(file=file, by=actor(world, "teacher"))
    assert not default_storage.exists(name)


def test_of_a_closed_request_the_coordinator_alone_takes_it_away(world: World) -> None:
    request = own_request(world)
    [file] = attach(world, request)
    decline_request(request=request, reason="Вне плана", by=actor(world, "coordinator"))
    with pytest.raises(DomainError):
        attach(world, request, pdf("позже.pdf", PDF + b"3"))
    with pytest.raises(Refused):
        remove_file(file=file, by=actor(world, "teacher"))
    remove_file(file=file, by=actor(world, "coordinator"))
    assert not RequestFile.objects.exists()


def test_my_data_names_the_files_that_i_attached(world: World) -> None:
    attach(world, own_request(world))
    assert consultations_of(person(world, "teacher").pk)["requests"][0]["files"] == ["урок.pdf"]


def test_as_many_queries_for_one_file_as_for_three(world: World, as_: As) -> None:
    request, client = own_request(world), as_("teacher")
    address = reverse("consultations:request_detail", args=[request.pk])
    client.get(address)
    counts = []
    for files in ([pdf()], [pdf("два.pdf", PDF + b"2"), pdf("три.pdf", PDF + b"3")]):
        attach(world, request, *files)
        with CaptureQueriesContext(connection) as asked:
            assert files[-1].name in client.get(address).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
