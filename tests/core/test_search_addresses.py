"""Names and free text stay out of addresses: of the lists, of their pages, of every form that asks."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.factories import make_employment, make_person
from tests.world import World
from traektoria.core.paging import ROWS_A_PAGE

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "traektoria" / "templates"
#: Forms that are sent by GET: what they carry is a number or a word of ours.
BY_GET = {
    "core/gallery.html",  # samples
    "diagnostics/bank/list.html",  # numbers of the ticked items
    "documents/verification.html",  # the code of a paper, which names nobody
    "events/export.html",  # columns and days
    "organisations/regulation_versions.html",  # two versions
    "results/dataset_detail.html",  # choices
    "tutors/home.html",  # a centre
}


def test_a_name_that_was_typed_is_found_and_stands_in_no_address(world: World, as_: Any) -> None:
    make_employment(make_person("Королёва"), world.school)
    client = as_("coordinator")
    asked = {"to": "/people/", "q": "Королёва", "school": world.school.pk, "role": ""}
    answer = client.post("/design/find/", asked, follow=True)
    assert [person.full_name.split()[0] for person in answer.context["page"].object_list] == ["Королёва"]
    address = unquote(answer.redirect_chain[-1][0])
    assert re.fullmatch(rf"/people/\?school={world.school.pk}&find=[\w-]+", address)
    assert 'value="Королёва"' in answer.content.decode(), "the field keeps what was typed"


def test_further_pages_keep_the_search_and_tell_nobody(world: World, as_: Any) -> None:
    for _one in range(ROWS_A_PAGE + 1):
        make_employment(make_person("Одинакова"), world.school)
    client = as_("coordinator")
    first = client.post("/design/find/", {"to": "/people/", "q": "Одинакова"}, follow=True).content.decode()
    (link,) = re.findall(r'rel="next" href="([^"]*)"', first)
    assert "Одинакова" not in unquote(link)
    second = client.get("/people/" + link.replace("&amp;", "&"))
    assert [person.full_name.split()[0] for person in second.context["page"].object_list] == ["Одинакова"]


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "people", ""])
def test_a_search_leads_to_no_other_site(as_: Any, to: str) -> None:
    assert as_("coordinator").post("/design/find/", {"to": to, "q": "x"})["Location"] == "/"


def test_the_key_of_another_session_finds_nothing(as_: Any) -> None:
    answer = as_("coordinator").post("/design/find/", {"to": "/people/", "q": "Никого"})
    assert as_("coordinator").get(answer["Location"]).context["page"].object_list


def test_only_forms_without_typed_text_are_sent_by_get() -> None:
    by_get = [path for path in TEMPLATES.rglob("*.html") if 'method="get"' in path.read_text()]
    assert {str(path.relative_to(TEMPLATES)) for path in by_get} == BY_GET
