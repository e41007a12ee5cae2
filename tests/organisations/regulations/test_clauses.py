"""Clauses and the editor: each clause has one form, each field its clauses, one numbering, and a way there and back."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from lxml.html import fromstring

from tests.factories import make_regulation
from tests.world import World
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.actions import begin_draft
from traektoria.organisations.regulations.clauses import PLACES, contents, numbers, place_of, unsaid
from traektoria.organisations.regulations.contents import content_of, preset, preset_names
from traektoria.organisations.regulations.criteria import leaves
from traektoria.organisations.regulations.forms import PartForm
from traektoria.organisations.regulations.headings import HEADINGS
from traektoria.organisations.regulations.outline import WrittenSection, outline
from traektoria.organisations.regulations.queries import part_at
from traektoria.organisations.regulations.sections import BY_SLUG, CRITERIA, SECTIONS
from traektoria.organisations.regulations.shapes import nodes_of
from traektoria.organisations.regulations.typed_part import as_typed
from traektoria.people.actor import actor_of


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    with translation.override("ru"):
        yield


def document(name: str) -> tuple[WrittenSection, ...]:
    return outline(preset(name), "Центр")


def form_of(name: str, page: str) -> PartForm:
    section = BY_SLUG[page]
    raw = as_typed(section.part, part_at(content_of(preset(name)), section.path), section.names)
    form = PartForm(section.part, raw, bound=False, names=section.names)
    form.tell_numbers(numbers(document(name), page))
    return form


@pytest.mark.parametrize("name", preset_names())
def test_every_clause_is_filled_in_on_one_page_in_fields_that_are_there(name: str) -> None:
    slugs = {node["slug"] for node in nodes_of(content_of(preset(name))["status"]["criteria"])}
    keys = [clause.key for section in document(name) for clause in section.clauses]
    assert len(set(keys)) == len(keys)
    for key in keys:
        place = place_of(key)
        assert place, key
        if place.page == CRITERIA:
            assert not place.row or place.row in slugs
            continue
        form = form_of(name, place.page)
        assert BY_SLUG[place.page].chapter == key.partition(".")[0]
        for field in place.names:
            anchor = form.anchor_of(field, place.row)
            outer, dot, inner = field.partition(".")
            held = form.parts[outer] if dot else form
            assert held is not None
            assert (inner or outer) in {*held.fields, *held.lists, *held.parts}, key
            assert not place.row or anchor.startswith(f"id_f-{field}-"), key


@pytest.mark.parametrize("name", preset_names())
def test_every_field_of_the_editor_belongs_to_one_clause_that_is_said_or_can_be_added(name: str) -> None:
    rules, found = preset(name), {section.slug: section for section in document(name)}
    said = {clause.key for section in found.values() for clause in section.clauses}
    can = {
        one.key
        for slug in HEADINGS
        for one in unsaid(slug, found.get(slug), commission=rules.status.commission is not None)
    }
    assert not said & can
    claimed: Counter[tuple[str, str]] = Counter()
    for key in said | can:
        place = place_of(key)
        assert place
        if not place.row:
            claimed.update((place.page, field) for field in place.names)
    for section in SECTIONS:
        form = form_of(name, section.slug)
        fields = [*form.fields, *form.lists, *(part for part, held in form.parts.items() if held)]
        fields += [f"{part}.{field}" for part, held in form.parts.items() if held for field in held.fields]
        for field in fields:
            rows_are_clauses = {place.row for key in said if (place := place_of(key)) and field in place.names} - {""}
            assert claimed[section.slug, field] == 1 or rows_are_clauses, (section.slug, field)
    assert bool(leaves(rules.status.criteria)) == ("status.criteria" in said)


@pytest.mark.parametrize("name", preset_names())
def test_the_numbers_of_the_editor_are_those_of_the_document(name: str) -> None:
    found = document(name)
    lines = contents(found)
    whole = [(line.number, str(line.title)) for line in lines if line.number and not line.below]
    assert whole == [(section.number, section.title) for section in found]
    at = {clause.number: clause for section in found for clause in section.clauses}
    assert {line.slug for line in lines if line.below} == {"partners", "consulting", "event_rules", CRITERIA}
    for line in (line for line in lines if line.below and line.number):
        place = place_of(at[line.number].key)
        assert place
        assert place.page == line.slug
    told = set()
    for section in SECTIONS:
        for (field, row), number in numbers(found, section.slug).items():
            told.add(number)
            place = place_of(at[number].key)
            assert place
            assert (place.page, place.row) == (section.slug, row)
            assert field in place.names
    tree = {number for number, one in at.items() if (place := place_of(one.key)) and place.page == CRITERIA}
    assert told | tree == set(at)


def test_the_labels_of_the_form_begin_with_the_numbers() -> None:
    found = {clause.key: clause.number for section in document("yamal") for clause in section.clauses}
    form = form_of("yamal", "status")
    commission = form.parts["commission"]
    assert commission is not None
    assert str(commission.fields["quorum"].label).startswith(f"{found['status.commission.quorum']} ")
    assert str(form.fields["procedure"].label).startswith("4.1. ")
    rows = form_of("yamal", "directions").lists["directions"].rows
    assert [row.number for row in rows] == [f"3.{place}." for place in range(1, len(rows) + 1)]


def test_no_clause_of_the_table_is_dead() -> None:
    """Every key is said by some preset, or can be added to one."""
    said = {clause.key for name in preset_names() for section in document(name) for clause in section.clauses}
    rest = set(PLACES) - said
    assert rest <= {
        one.key
        for name in preset_names()
        for slug in HEADINGS
        for one in unsaid(slug, next((s for s in document(name) if s.slug == slug), None), commission=True)
    }


@pytest.fixture
def draft(world: World) -> Regulation:
    return begin_draft(centre=world.own, by=actor_of(world.accounts["coordinator"]))


def pencils(page: Any) -> dict[str, str]:
    """Name for a screen reader → address."""
    return {
        link.get("title"): link.get("href")
        for link in fromstring(page.content.decode()).xpath("//span[contains(@class, 'pencil')]/a")
    }  # fmt: skip


def test_a_pencil_begins_a_draft_leads_to_the_field_and_saving_leads_back(world: World, as_: Any) -> None:
    client = as_("coordinator")
    found = pencils(client.get("/centre/regulation/"))
    way = next(url for name, url in found.items() if name.startswith("Изменить пункт 2.2: "))
    page = client.get(way)
    assert page.status_code == 200
    assert world.own.regulations.count() == 1, "looking writes nothing"
    to = client.post(way).url
    draft = world.own.regulations.get(number=2)
    address, _hash, anchor = to.partition("#")
    assert address == f"/centre/regulation/{draft.pk}/draft/purpose/?clause=purpose.tasks"
    form = fromstring(client.get(address).content.decode())
    assert form.get_element_by_id(anchor).tag == "textarea"
    fields = {**dict(form.forms[-1].form_values()), "f-tasks": "Новая задача"}
    assert client.post(address, fields).url == f"/centre/regulation/{draft.pk}/#clause-purpose-tasks"
    said = client.get(f"/centre/regulation/{draft.pk}/").content.decode()
    assert "Новая задача" in said
    assert 'id="clause-purpose-tasks"' in said


def test_every_pencil_leads_to_a_place_that_is_on_its_page(draft: Regulation, as_: Any) -> None:
    client = as_("coordinator")
    page = client.get(f"/centre/regulation/{draft.pk}/")
    found = pencils(page)
    clauses = [one for section, rows in page.context["sections"] for one in rows]
    assert len(found) == len(clauses)
    links = [
        *found.values(),
        *(a.get("href") for a in fromstring(page.content.decode()).xpath("//p[contains(@class, 'unsaid')]/a")),
    ]
    for link in links:
        address, _hash, anchor = client.get(link).url.partition("#")
        shown = client.get(address)
        assert shown.status_code == 200
        if anchor:
            target = fromstring(shown.content.decode()).get_element_by_id(anchor)
            assert all("open" in fold.attrib for fold in target.iterancestors("details")), link


def test_a_clause_that_was_emptied_leaves_its_anchor(draft: Regulation, as_: Any) -> None:
    draft.content["about"]["basis"] = []
    draft.save()
    said = as_("coordinator").get(f"/centre/regulation/{draft.pk}/").content.decode()
    assert said.count('id="clause-general-basis"') == 1


def test_pencils_are_only_for_who_changes_the_regulation(world: World, as_: Any) -> None:
    for viewer in ("tutor", "teacher", "head"):
        page = as_(viewer).get("/centre/regulation/")
        assert not pencils(page)
        assert "unsaid" not in page.content.decode()
    version = world.own.regulations.get()
    url = f"/centre/regulation/{version.pk}/change/purpose.tasks/"
    assert as_("teacher").get(url).status_code == 403
    assert as_("foreign_coordinator").get(url).status_code == 404
    assert as_("coordinator").get(url.replace("tasks", "nothing")).status_code == 404


def test_an_older_version_has_no_pencils(draft: Regulation, as_: Any) -> None:
    draft.delete()
    first = Regulation.objects.get(centre=draft.centre_id, number=1)
    make_regulation(first.centre)
    assert not pencils(as_("coordinator").get(f"/centre/regulation/{first.pk}/"))
