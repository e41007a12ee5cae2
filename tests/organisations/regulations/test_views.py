"""Pages of the regulation: read by all of the centre, written by its coordinator, without scripts."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_centre, make_member, make_regulation
from tests.world import World
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.actions import begin_draft
from traektoria.organisations.regulations.sections import SECTIONS
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role


@pytest.fixture
def draft(world: World) -> Regulation:
    return begin_draft(centre=world.own, by=actor_of(world.accounts["coordinator"]))


def filled(client: Any, url: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the form at ``url``."""
    page = client.get(url).context
    form, data = page["form"], {"seen": page["seen"]}
    for one in form.every():
        data |= {one.add_prefix(name): one.raw[name] for name in one.fields}
        data |= {rows.key + "-n": str(len(rows.rows)) for rows in one.lists.values()}
        data |= {f"{part.prefix}-here": "1" for part in one.parts.values() if part}
        if one.named:
            data |= {f"{one.prefix}-slug": one.slug} | ({f"{one.prefix}-archived": "on"} if one.archived else {})
    return data | changes


def section_url(draft: Regulation, slug: str) -> str:
    return f"/centre/regulation/{draft.pk}/draft/{slug}/"


def test_everybody_of_the_centre_reads_it_and_strangers_do_not(world: World, as_: Any) -> None:
    version = world.own.regulations.get()
    for viewer in ("coordinator", "tutor", "teacher", "head"):
        page = as_(viewer).get("/centre/regulation/")
        assert page.status_code == 200
        assert page.context["regulation"] == version
        assert as_(viewer).get(f"/centre/regulation/{version.pk}/").status_code == 200
    assert as_("foreign_teacher").get(f"/centre/regulation/{version.pk}/").status_code == 404
    assert as_("administrator").get("/centre/regulation/").status_code == 403


def test_contents_lead_to_the_sections(world: World, as_: Any) -> None:
    said = as_("teacher").get("/centre/regulation/").content.decode()
    assert 'href="#status"' in said
    assert 'id="status"' in said


def test_the_draft_is_the_coordinators(draft: Regulation, as_: Any) -> None:
    assert as_("teacher").get(f"/centre/regulation/{draft.pk}/").status_code == 404
    assert as_("teacher").get(f"/centre/regulation/{draft.pk}/draft/").status_code == 403
    assert as_("foreign_coordinator").get(f"/centre/regulation/{draft.pk}/draft/").status_code == 404
    assert as_("coordinator").get(f"/centre/regulation/{draft.pk}/").context["is_draft"]


def test_a_second_press_opens_the_same_draft(world: World, as_: Any) -> None:
    client = as_("coordinator")
    first, again = (client.post("/centre/regulation/begin/").url for _press in range(2))
    assert first == again
    assert world.own.regulations.count() == 2


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_every_section_opens_and_saved_as_it_is_changes_nothing(draft: Regulation, as_: Any, section: str) -> None:
    client, url = as_("coordinator"), section_url(draft, section)
    before = Regulation.objects.get(pk=draft.pk).content
    assert client.post(url, filled(client, url)).status_code == 302
    assert Regulation.objects.get(pk=draft.pk).content == before


def test_a_mistake_keeps_what_was_typed_and_says_where(draft: Regulation, as_: Any) -> None:
    client, url = as_("coordinator"), section_url(draft, "general")
    answer = client.post(url, filled(client, url, **{"f-title": "", "f-basis": "Новая основа"}))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Новая основа" in said
    assert 'href="#id_f-title"' in said


def test_a_row_is_added_filled_in_and_gets_a_name_for_programs(draft: Regulation, as_: Any) -> None:
    client, url = as_("coordinator"), section_url(draft, "partners")
    data = filled(client, url)
    number = int(data["f-partners-n"])
    page = client.post(url, {**data, "act": "add:f-partners"})
    row = page.context["form"].lists["partners"].rows[number]
    assert (page.status_code, row.blank, row.removable) == (200, True, True)
    data |= {"f-partners-n": str(number + 1), f"f-partners-{number}-title": "Институт", f"f-partners-{number}-text": "",
             f"f-partners-{number}-slug": row.slug}  # fmt: skip
    assert client.post(url, data).status_code == 302
    last = Regulation.objects.get(pk=draft.pk).content["partners"][-1]
    assert last == {"slug": row.slug, "title": "Институт", "archived": False, "text": ""}


def test_a_blank_row_is_not_kept(draft: Regulation, as_: Any) -> None:
    client, url = as_("coordinator"), section_url(draft, "partners")
    data = filled(client, url)
    number = int(data["f-partners-n"])
    client.post(url, {**data, "f-partners-n": str(number + 1), f"f-partners-{number}-title": "  "})
    assert len(Regulation.objects.get(pk=draft.pk).content["partners"]) == number


def test_rows_in_force_are_moved_and_archived_never_taken_out(draft: Regulation, as_: Any) -> None:
    client, url = as_("coordinator"), section_url(draft, "directions")
    before = [row["slug"] for row in draft.content["directions"]]
    client.post(url, {**filled(client, url), "act": "down:f-directions-0"})
    moved = [row["slug"] for row in Regulation.objects.get(pk=draft.pk).content["directions"]]
    assert moved == [before[1], before[0], *before[2:]]
    client.post(url, {**filled(client, url), "act": "archive:f-directions-0"})
    client.post(url, {**filled(client, url), "act": "remove:f-directions-1"})
    rows = Regulation.objects.get(pk=draft.pk).content["directions"]
    assert [row["slug"] for row in rows if row["archived"]] == [before[1]]
    assert len(rows) == len(before)
    client.post(url, {**filled(client, url), "act": "restore:f-directions-0"})
    assert not any(row["archived"] for row in Regulation.objects.get(pk=draft.pk).content["directions"])


def test_changing_the_procedure_takes_the_commission_away_and_brings_it_back(draft: Regulation, as_: Any) -> None:
    client, url = as_("coordinator"), section_url(draft, "status")
    rules = draft.content["status"]["commission"]
    client.post(url, filled(client, url, **{"f-procedure": "order"}))
    status = Regulation.objects.get(pk=draft.pk).content["status"]
    assert (status["procedure"], status["commission"]) == ("order", None)
    assert status["criteria"] == draft.content["status"]["criteria"]
    answer = client.post(url, filled(client, url, **{"f-procedure": "commission"}))
    assert answer.url == f"{url}#"
    assert Regulation.objects.get(pk=draft.pk).content["status"]["commission"] == rules


def test_autosave_answers_with_the_mark_and_a_meanwhile_change_is_not_overwritten(draft: Regulation, as_: Any) -> None:
    mine, theirs, url = as_("coordinator"), as_("coordinator"), section_url(draft, "general")
    data = filled(mine, url)
    saved = theirs.post(url, filled(theirs, url, **{"f-title": "Их слова"}), headers={"X-Autosave": "1"})
    assert saved.status_code == 204
    assert mine.post(url, {**data, "f-title": "Мои слова"}, headers={"X-Autosave": "1"}).status_code == 409
    answer = mine.post(url, {**data, "f-title": "Мои слова"})
    assert answer.status_code == 422
    assert "Мои слова" in answer.content.decode()
    assert Regulation.objects.get(pk=draft.pk).content["about"]["title"] == "Их слова"
    assert answer.context["seen"] == saved.headers["X-Seen"]
    mine.post(url, {**data, "f-title": "Мои слова", "seen": answer.context["seen"]})
    assert Regulation.objects.get(pk=draft.pk).content["about"]["title"] == "Мои слова"


def test_a_criterion_is_added_edited_moved_and_taken_out(draft: Regulation, as_: Any) -> None:
    client, base = as_("coordinator"), f"/centre/regulation/{draft.pk}/draft/criteria/"
    assert client.get(base).status_code == 200
    url = f"{base}new/?kind=judged&group=status"
    slug = client.get(url).context["form"].slug
    data = {"f-slug": slug, "f-title": "Открытые уроки", "f-hint": "", "f-source": "", "f-pass_points": "0,5",
            "f-descriptors-n": "3", "f-descriptors-0-points": "0", "f-descriptors-0-text": "Нет",
            "f-descriptors-1-points": "1", "f-descriptors-1-text": "Есть"}  # fmt: skip
    assert client.post(url, {**data, "f-descriptors-1-points": "0"}).status_code == 422
    for _press in range(2):
        assert client.post(url, data).status_code == 302
    below = Regulation.objects.get(pk=draft.pk).content["status"]["criteria"]["of"]
    assert [one["slug"] for one in below].count(slug) == 1
    assert (below[-1]["slug"], below[-1]["pass_points"], len(below[-1]["descriptors"])) == (slug, 0.5, 2)
    client.post(f"{base}{slug}/change/", {"act": "up"})
    below = Regulation.objects.get(pk=draft.pk).content["status"]["criteria"]["of"]
    assert below[-2]["slug"] == slug
    edit = f"{base}{slug}/"
    client.post(edit, filled(client, edit, **{"f-title": "Мастер-классы"}))
    assert Regulation.objects.get(pk=draft.pk).content["status"]["criteria"]["of"][-2]["title"] == "Мастер-классы"
    client.post(f"{base}{slug}/change/", {"act": "remove"})
    assert Regulation.objects.get(pk=draft.pk).content["status"]["criteria"] == draft.content["status"]["criteria"]


def test_approve_twice_is_once_and_the_draft_pages_lead_to_the_version(draft: Regulation, as_: Any) -> None:
    client, url = as_("coordinator"), section_url(draft, "purpose")
    client.post(url, filled(client, url, **{"f-purpose": "Новая цель"}))
    approve = f"/centre/regulation/{draft.pk}/draft/approve/"
    page = client.get(approve)
    assert [change.after for change in page.context["changes"]] == ["Новая цель"]
    today = timezone.localdate()
    data = {"start": today.isoformat(), "basis": "Приказ № 1", "seen": page.context["form"].initial["seen"]}
    assert client.post(approve, {**data, "start": (today - timedelta(1)).isoformat()}).status_code == 422
    for _press in range(2):
        assert client.post(approve, data).url == f"/centre/regulation/{draft.pk}/"
    assert client.get("/centre/regulation/").context["regulation"] == draft
    assert client.get(approve).status_code == 302
    assert client.get(section_url(draft, "general")).status_code == 409
    old = draft.centre.regulations.get(number=1)
    said = as_("teacher").get(f"/centre/regulation/{draft.pk}/against/{old.pk}/").content.decode()
    assert "Новая цель" in said
    assert as_("teacher").get(f"/centre/regulation/versions/?centre={draft.centre_id}").status_code == 200


def test_restart_and_discard(draft: Regulation, as_: Any) -> None:
    client = as_("coordinator")
    assert client.post(f"/centre/regulation/{draft.pk}/draft/restart/", {"preset": "balta"}).status_code == 302
    assert Regulation.objects.get(pk=draft.pk).content["status"]["procedure"] == "order"
    assert client.post(f"/centre/regulation/{draft.pk}/draft/restart/", {}).status_code == 422
    assert client.post(f"/centre/regulation/{draft.pk}/draft/discard/").status_code == 302
    assert not Regulation.objects.filter(pk=draft.pk).exists()


def test_two_centres_of_one_person(world: World, as_: Any) -> None:
    other = make_centre("Школьный центр", preset="balta")
    make_member(other, Role.TUTOR, person=world.accounts["tutor"].person)
    client = as_("tutor")
    assert client.get("/centre/regulation/").context["regulation"].centre == world.own
    assert client.get(f"/centre/regulation/?centre={other.pk}").context["regulation"].centre == other
    assert as_("teacher").get(f"/centre/regulation/?centre={other.pk}").status_code == 404


def test_any_two_versions_are_compared(world: World, as_: Any) -> None:
    new = make_regulation(world.own, "balta")
    old = world.own.regulations.get(number=1)
    url = as_("teacher").get(f"/centre/regulation/compare/?old={new.pk}&new={old.pk}").url
    assert url == f"/centre/regulation/{new.pk}/against/{old.pk}/"
    assert as_("teacher").get("/centre/regulation/compare/?old=x").status_code == 404
    foreign = world.foreign.regulations.get()
    assert as_("teacher").get(f"/centre/regulation/{new.pk}/against/{foreign.pk}/").status_code == 404


def test_the_list_of_versions_asks_the_same_number_of_queries(
    world: World, as_: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_("teacher")
    with django_assert_max_num_queries(20) as first:
        client.get("/centre/regulation/versions/")
    for name in ("balta", "yamal"):
        make_regulation(world.own, name)
    with django_assert_max_num_queries(len(first)):
        assert len(client.get("/centre/regulation/versions/").context["versions"]) == 3
