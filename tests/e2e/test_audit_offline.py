"""A checklist of an audit is filled without a line, and arrives when there is one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Dialog, Page, Route, expect

from tests.e2e.test_sitting import Open
from tests.planning.audits.audit_factories import KIND, photo, planned, with_audits
from tests.routes.route_factories import actor
from tests.world import make_world
from traektoria.planning.audits.actions.planning import cancel_audit, change_auditors
from traektoria.planning.models import Audit, AuditAnswer, AuditAuditor, AuditFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


FORGETFUL = (
    "window.asked = 0; navigator.storage.persist = async () => { window.asked += 1; return false; };"
    " navigator.storage.persisted = async () => false;"
)
"""A browser that may wipe what a page has kept, as a private window does."""


def stands(page: Page, kind: str) -> None:
    expect(page.locator("[data-outbox]")).to_have_attribute("data-kind", kind)


def back(page: Page) -> None:
    """The line is there again."""
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def ready(page: Page, address: str) -> None:
    """It opens without a line from now on."""
    page.goto(address)
    page.wait_for_selector("body[data-kept]", state="attached")


def shoot(page: Page, color: str, place: int = 1) -> None:
    """A photo as a telephone takes it, 2 400 pixels wide, with the place in it."""
    shot = photo(color)
    page.locator(f"#c{place} summary").click()
    name = {"name": f"{color}.jpg", "mimeType": "image/jpeg", "buffer": shot.read()}
    page.locator(f"#c{place} [type=file]").set_input_files([name])
    expect(page.locator(f"#c{place} [data-shot]").last).to_be_visible()


def test_answers_without_a_line_are_kept_over_a_reload_and_sent(open_page: Open) -> None:
    world = make_world()
    audit = planned(world)
    page = open_page(world.accounts["tutor"], phone=True, cut=True)
    page.add_init_script(FORGETFUL)
    ready(page, f"/plans/audits/{audit.pk}/fill/")
    expect(page.locator("[data-fragile]")).to_be_hidden()
    page.context.set_offline(True)
    page.locator("#c1 [value=no]").check()
    page.locator("#c2 [value=yes]").check()
    stands(page, "waiting")
    expect(page.locator("[data-fragile]")).to_be_visible()
    assert page.evaluate("window.asked") > 0
    page.reload()
    expect(page.locator("#c1 [value=no]")).to_be_checked()
    assert not AuditAnswer.objects.exists()
    back(page)
    stands(page, "saved")
    assert list(AuditAnswer.objects.values_list("criterion", "verdict")) == [(1, "no"), (2, "yes")]


def test_photos_without_a_line_outlive_a_reload_and_leave_small_and_without_a_place(open_page: Open) -> None:
    world = make_world()
    audit = planned(world)
    page = open_page(world.accounts["tutor"], phone=True, cut=True)
    ready(page, f"/plans/audits/{audit.pk}/fill/")
    page.context.set_offline(True)
    shoot(page, "red")
    page.locator("#c1 [type=file]").set_input_files(
        [{"name": "blue.jpg", "mimeType": "image/jpeg", "buffer": photo("blue").read()}]
    )
    expect(page.locator("#c1 [data-shot]")).to_have_count(2)
    page.locator("#c1 [value=no]").check()
    page.reload()
    expect(page.locator("#c1 [data-shot]")).to_have_count(2)
    kept = page.evaluate(
        "async () => { const [one] = (await Outbox.all()).filter(one => one.blob);"
        " return [one.blob.size, [...new Uint8Array(await one.blob.arrayBuffer())]]; }"
    )
    assert b"Exif" not in bytes(kept[1]), "the place has not even been kept on the device"
    back(page)
    stands(page, "saved")
    files = list(AuditFile.objects.all())
    assert [one.criterion for one in files] == [1, 1]
    for one in files:
        with one.file.open("rb") as stored, Image.open(stored) as picture:
            assert max(picture.size) == 1600
            assert not dict(picture.getexif())


def losing(lost: dict[str, int]) -> Callable[[Route], None]:
    """The server writes, and its first two answers never arrive."""

    def lose(route: Route) -> None:
        key = route.request.url
        lost[key] = lost.get(key, 0) + 1
        if lost[key] > 2:
            route.continue_()
        else:
            route.fetch()
            route.abort()

    return lose


def test_a_line_that_dies_after_the_server_has_written_doubles_nothing(open_page: Open) -> None:
    """4.1: every answer of the server is lost twice; two devices; one act with all photos."""
    world = make_world()
    audit = planned(world)
    change_auditors(
        audit=audit, auditors=[world.accounts[one].person_id or 0 for one in ("tutor", "other_tutor")],
        by=actor(world, "coordinator"),
    )  # fmt: skip
    for who, color, place in (("tutor", "red", 1), ("other_tutor", "green", 2)):
        page = open_page(world.accounts[who], phone=True, cut=True, workers=False)
        page.goto(f"/plans/audits/{audit.pk}/fill/")
        lost: dict[str, int] = {}
        lose = losing(lost)
        page.route("**/save/", lose)
        page.route("**/attach/", lose)
        shoot(page, color, place)
        page.locator(f"#c{place} [value=partly]").check()
        stands(page, "saved")
        assert max(lost.values()) > 2
    assert Audit.objects.count() == 1
    assert list(AuditAnswer.objects.values_list("criterion", "verdict")) == [(1, "partly"), (2, "partly")]
    assert sorted(AuditFile.objects.values_list("criterion", flat=True)) == [1, 2]


def test_what_is_refused_is_parked_with_its_reason_and_not_sent_for_ever(open_page: Open) -> None:
    world = make_world()
    audit = planned(world)
    page = open_page(world.accounts["tutor"], phone=True, cut=True)
    ready(page, f"/plans/audits/{audit.pk}/fill/")
    page.context.set_offline(True)
    page.locator("#c1 [value=no]").check()
    cancel_audit(audit=audit, reason="Карантин", by=actor(world, "coordinator"))
    sendings: list[str] = []
    page.on("request", lambda request: sendings.append(request.post_data or "") if "/save/" in request.url else None)
    back(page)
    stands(page, "parked")
    expect(page.locator("[data-parked] li")).to_contain_text("отменён")
    with page.expect_request("**/save/"):
        page.locator("#c2 [value=no]").check()
    expect(page.locator("[data-parked] li")).to_have_count(2)
    assert len([one for one in sendings if '"criterion":1' in one]) == 1, "sent once, then parked"
    with page.expect_request("**/save/"):
        page.locator("[data-again]").click()
    stands(page, "parked")


def test_a_visit_begun_without_a_line_is_one_audit(open_page: Open) -> None:
    world = make_world()
    with_audits(world.own)
    page = open_page(world.accounts["tutor"], phone=True, cut=True)
    ready(page, "/plans/audits/begin/")
    page.context.set_offline(True)
    page.select_option("[name=school]", str(world.school.pk))
    page.select_option("[name=kind]", KIND)
    page.locator("[data-begin] button").click()
    page.locator("#c1 [value=no]").check()
    page.locator("#c2 [value=yes]").check()
    shoot(page, "red", 2)
    page.reload()
    page.locator("[data-begun] button").click()
    expect(page.locator("#c1 [value=no]")).to_be_checked()
    expect(page.locator("#c2 [data-shot]")).to_have_count(1)
    assert not Audit.objects.exists()
    back(page)
    page.wait_for_url("**/fill/**")
    page.wait_for_selector("body[data-kept]", state="attached")
    page.wait_for_load_state("networkidle")
    audit = Audit.objects.get()
    assert (audit.school_id, audit.kind) == (world.school.pk, KIND)
    assert list(AuditAuditor.objects.values_list("person", flat=True)) == [world.accounts["tutor"].person_id]
    assert list(AuditAnswer.objects.values_list("criterion", "verdict")) == [(1, "no"), (2, "yes")]
    assert AuditFile.objects.count() == 1


def test_a_file_of_a_broken_telephone_is_read_back_elsewhere(open_page: Open, tmp_path: Path) -> None:
    world = make_world()
    audit = planned(world)
    page = open_page(world.accounts["tutor"], phone=True, cut=True)
    ready(page, f"/plans/audits/{audit.pk}/fill/")
    page.context.set_offline(True)
    page.locator("#c1 [value=no]").check()
    shoot(page, "red")
    stands(page, "waiting")
    with page.expect_download() as saved:
        page.locator("[data-to-file]").click()
    saved.value.save_as(tmp_path / "audit.json")
    kept = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    kept["items"].append({**kept["items"][0], "id": "x", "url": "/people/erase/"})
    (tmp_path / "audit.json").write_text(json.dumps(kept), encoding="utf-8")
    page.close()
    other = open_page(world.accounts["tutor"], cut=True)
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto("/plans/audits/")
    other.locator("summary", has_text="Ответы из файла").click()
    other.locator("[data-read]").set_input_files(tmp_path / "audit.json")
    stands(other, "saved")
    assert list(AuditAnswer.objects.values_list("criterion", "verdict")) == [(1, "no")]
    assert AuditFile.objects.count() == 1
    assert not [one for one in asked if "erase" in one], "only addresses of audits are sent to"


def test_signing_out_with_something_unsent_asks_first(open_page: Open) -> None:
    world = make_world()
    audit = planned(world)
    page = open_page(world.accounts["tutor"], cut=True, workers=False)
    page.goto(f"/plans/audits/{audit.pk}/fill/")
    page.route("**/save/", lambda route: route.abort())
    page.locator("#c1 [value=no]").check()
    stands(page, "waiting")
    page.goto("/")
    said: list[str] = []

    def asked(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", asked)
    page.locator(".user summary").click()
    page.locator("[data-sign-out] button").click()
    assert len(said) == 1
    assert "не отправлено, записей: 1" in said[0]


def test_what_waits_for_two_days_says_so(open_page: Open) -> None:
    world = make_world()
    audit = planned(world)
    page = open_page(world.accounts["tutor"], phone=True, cut=True)
    ready(page, f"/plans/audits/{audit.pk}/fill/")
    page.context.set_offline(True)
    page.locator("#c1 [value=no]").check()
    stands(page, "waiting")
    page.clock.install()
    page.clock.fast_forward("50:00:00")
    page.locator("#c2 [value=no]").check()
    expect(page.locator("[data-outbox] [data-words]")).to_contain_text("2 дня")
