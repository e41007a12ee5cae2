"""A mark in every field of the table of readers is looked for on all pages of requests that each viewer can open."""

from collections.abc import Callable

from django.core.files.base import ContentFile, File
from django.test import Client
from django.urls import reverse

from tests.consultations.request_factories import assigned, own_request, school_request
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.models import ConsultationRequest
from traektoria.consultations.requests.actions.answering import take_request
from traektoria.consultations.requests.actions.attaching import attach_files
from traektoria.consultations.requests.readers import READERS
from traektoria.routes.tutees.readers import SupportReader

OF_SCHOOL = ", of a school"
SEES_OWN = {
    "teacher": {SupportReader.AUTHOR},
    "tutor": {SupportReader.TUTOR},
    "coordinator": {SupportReader.COORDINATOR},
}
SEES_SCHOOL = {
    "teacher": {SupportReader.TEACHERS},
    "head": {SupportReader.AUTHOR, SupportReader.HEAD},
    "deputy_head": {SupportReader.HEAD},
    "tutor": {SupportReader.TUTOR},
    "coordinator": {SupportReader.COORDINATOR},
}
VIEWERS = (*SEES_SCHOOL, "other_teacher", "other_tutor", "foreign_coordinator", "foreign_head", "administrator")


def mark(field: str) -> str:
    return f"MARK{list(READERS).index(field)}MARK"


def attach(world: World, request: ConsultationRequest, name: str) -> None:
    """What is read of a file on a page is its name."""
    asker = "teacher" if request.school_id is None else "head"
    files: list[File[bytes]] = [ContentFile(b"%PDF-1.7\n1 0 obj\n", name=f"{name}.pdf")]
    attach_files(request=request, files=files, by=actor(world, asker))


def answered(world: World, request: ConsultationRequest, of: str) -> ConsultationRequest:
    attach(world, request, mark(f"request.files{of}"))
    given = assigned(world, request)
    return take_request(request=given, answer=mark(f"request.answer{of}"), by=actor(world, "tutor"))


def texts(of: str) -> dict[str, str]:
    return {"topic": mark(f"request.topic{of}"), "note": mark(f"request.note{of}")}


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode(errors="replace") if answer.status_code == 200 else ""


def test_each_field_is_read_by_those_whom_its_form_names(world: World, as_: Callable[[str], Client]) -> None:
    own = answered(world, own_request(world, **texts("")), "")
    school = answered(world, school_request(world, "teacher", **texts(OF_SCHOOL)), OF_SCHOOL)
    pages = [reverse("consultations:request_detail", args=[one.pk]) for one in (own, school)]
    board = reverse("consultations:request_board")
    pages += [reverse("consultations:request_list"), board, *(f"{board}?request={one.pk}" for one in (own, school))]
    pages += ["/", reverse("people:my_data"), reverse("people:my_data_export")]
    for viewer in VIEWERS:
        client = as_(viewer)
        text = "".join(words(client, page) for page in pages)
        allowed = {
            field
            for field, readers in READERS.items()
            if readers & (SEES_SCHOOL if field.endswith(OF_SCHOOL) else SEES_OWN).get(viewer, set())
        }
        assert {field for field in READERS if mark(field) in text} == allowed, viewer
