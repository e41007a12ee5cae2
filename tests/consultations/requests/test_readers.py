"""A mark in every field of the table of readers is looked for on the pages of requests that each viewer can open."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.consultations.request_factories import own_request, school_request, taken
from tests.world import World
from traektoria.consultations.models import ConsultationRequest, RequestFile
from traektoria.consultations.requests.readers import READERS
from traektoria.routes.tutees.readers import SupportReader

pytestmark = pytest.mark.django_db
NOBODY = ("other_teacher", "other_tutor", "foreign_coordinator", "foreign_tutor")
OWN: dict[str, set[SupportReader]] = {
    "teacher": {SupportReader.AUTHOR},
    "tutor": {SupportReader.TUTOR},
    "coordinator": {SupportReader.COORDINATOR},
    "head": set(),
    **{name: set() for name in NOBODY},
}
OF_SCHOOL: dict[str, set[SupportReader]] = {
    "head": {SupportReader.AUTHOR, SupportReader.HEAD},
    "deputy_head": {SupportReader.HEAD},
    "teacher": {SupportReader.TEACHERS},
    "tutor": {SupportReader.TUTOR},
    "coordinator": {SupportReader.COORDINATOR},
    **{name: set() for name in NOBODY},
}


@pytest.mark.parametrize("of_school", [False, True])
def test_each_field_is_read_by_those_whom_its_form_names(
    world: World, as_: Callable[[str], Client], of_school: bool
) -> None:
    request = taken(world, school_request(world, "teacher") if of_school else own_request(world))
    names = ("note", "topic", "answer", "files")
    marks = {name: f"МЕТКА{place}МЕТКА" for place, name in enumerate(names)}
    fields = {name: mark for name, mark in marks.items() if name != "files"}
    ConsultationRequest.objects.filter(pk=request.pk).update(**fields)
    RequestFile.objects.create(request=request, person=request.asked_by, file="x.pdf", file_name=marks["files"])
    ending = ", of a school" if of_school else ""
    pages = ("/", "/consultations/", f"/consultations/{request.pk}/", "/consultations/board/", "/messages/")
    for viewer, readers in (OF_SCHOOL if of_school else OWN).items():
        client = as_(viewer)
        text = "".join(client.get(url).content.decode() for url in pages)
        seen = {name for name in names if marks[name] in text}
        assert seen == {name for name in names if READERS[f"request.{name}{ending}"] & readers}, viewer
