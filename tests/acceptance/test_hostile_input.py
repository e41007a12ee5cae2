"""What a malicious or careless person sends: scripts, foreign numbers, strange addresses, bad files, floods."""

import errno
import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, override_settings

from tests.factories import make_school
from tests.results.samples import make_dataset, school_spec
from tests.routes.route_factories import actor, fresh, make_draft, make_hypothesis, make_running
from tests.world import World
from traektoria.demo.people import PASSWORD as DEMO_PASSWORD
from traektoria.documents.card_contents import card_of
from traektoria.engines.cards import paper_of
from traektoria.engines.papers import docx, pdf
from traektoria.people.models import Account, RoleAssignment
from traektoria.results.models import SchoolAlias
from traektoria.routes.models import ItemEvidence, RouteItem, TutorSupport
from traektoria.routes.route.actions import doing

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7|add:7 }}"
SIGN_IN = "/account/login/"
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def clean_cache() -> Any:
    cache.clear()
    yield
    cache.clear()


def uploads() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


class Alien(HTMLParser):
    """Collects what could run: handlers, scripts without a file, images that are not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if any(name.startswith("on") for name in named) or (tag == "script" and "src" not in named):
            self.found.append(f"{tag} {named}")
        if any(
            (named.get(name) or "").strip().lower().startswith(("javascript:", "data:")) for name in ("href", "src")
        ):
            self.found.append(f"{tag} {named}")


def alien(body: str) -> list[str]:
    parser = Alien()
    parser.feed(body)
    return parser.found


def attach(client: Any, item: RouteItem, name: str, content: bytes) -> Any:
    return client.post(f"/support/items/{item.pk}/evidence/", {"file": SimpleUploadedFile(name, content)})


# Scripts


def test_no_text_of_a_person_becomes_markup(world: World, as_: Any) -> None:
    teacher = world.accounts["teacher"].person
    assert teacher is not None
    teacher.surname = SCRIPT[:90]
    teacher.save()
    route = make_running(world, topics=(SCRIPT,))
    route.title, route.goals = SCRIPT, SCRIPT
    route.save()
    support = route.support
    TutorSupport.objects.filter(pk=support.pk).update(basis_note=SCRIPT)
    item = route.items.all()[0]
    RouteItem.objects.filter(pk=item.pk).update(task=SCRIPT, resource=SCRIPT, expected_result=SCRIPT, deficit=SCRIPT)
    doing.comment_on_item(item=item, text=SCRIPT, by=actor(world, "teacher"))
    assert attach(as_("teacher"), item, SCRIPT + ".pdf", PDF).status_code == 302
    item.evidence.update(note=SCRIPT, file_name=SCRIPT + ".pdf")
    hypothesis = teacher.hypotheses.first()
    assert hypothesis is not None
    pages = {
        "teacher": ["/", "/people/me/", "/diagnostics/", f"/diagnostics/{hypothesis.pk}/"],
        "tutor": [
            *("/", "/support/", f"/support/{support.pk}/", "/support/routes/", f"/support/routes/{route.pk}/"),
            *(f"/support/items/{item.pk}/", f"/support/items/{item.pk}/edit/", f"/support/routes/{route.pk}/versions/"),
            *(f"/support/items/{item.pk}/evidence/", f"/support/routes/{route.pk}/history/"),
        ],
        "coordinator": ["/", "/people/", f"/people/{teacher.pk}/", "/support/", f"/people/?q={SCRIPT}"],
        "head": ["/", "/people/", f"/support/routes/{route.pk}/"],
    }
    read = 0
    for viewer, addresses in pages.items():
        for address in addresses:
            answer = as_(viewer).get(address)
            assert alien(answer.content.decode()) == [], address
            read += answer.status_code == 200
    assert read > 12


def test_no_text_of_a_file_becomes_markup(world: World, as_: Any) -> None:
    specs = [school_spec(f"99000{number}", 'Рай<script>alert(1)</script>"он', (24, 22)) for number in (1, 2, 3)]
    dataset = make_dataset(world.own, specs=specs, layout="collection_form_2022").dataset
    dataset.source_name = SCRIPT
    dataset.save()
    for table in ("completion", "marks", "journal", "primary"):
        body = as_("coordinator").get(f"/results/{dataset.pk}/?table={table}&by=school").content.decode()
        assert alien(body) == []


@pytest.mark.parametrize(
    "topic", ["\x0b\x0c\x1f", "\ufffe\ufdd0\ue000", "\U0001f600 и 👩‍🏫", "数学 और عربي ไทย ქართ 한국"]
)
def test_a_card_takes_what_a_keyboard_can_type(world: World, topic: str) -> None:
    route = make_draft(world, topics=(f"Тема {topic} с чужими знаками",))
    route.goals = '#read("/etc/passwd") $x$ \\ @label <b> "кавычки" {{ 7 }}'
    route.save()
    card = paper_of(card_of(route))
    document = zipfile.ZipFile(io.BytesIO(docx(card))).read("word/document.xml").decode()
    assert "&lt;b&gt;" in document
    assert pdf(card).startswith(b"%PDF")


# Addresses and numbers


@pytest.mark.parametrize("query", ["q=%00", "school=%00", "page=%00", "page=" + "9" * 30, "school=" + "9" * 30,
                                   "tutor=%00", "tutor=²", "members=²", "members=" + "9" * 5000, "year=" + "9" * 5000,
                                   "page=" + "9" * 5000, "tutor=" + "9" * 5000, "school=" + "9" * 5000,
                                   "municipality=%00&by=%00&table=%00", "state=%00", "as=%00",
                                   "subject=%27"])  # fmt: skip
def test_strange_addresses_are_answered(world: World, as_: Any, query: str) -> None:
    dataset = make_dataset(world.own).dataset if "municipality" in query else None
    pages = ["/people/", "/centre/schools/", "/centre/calendar/", "/centre/calendar/new/", "/support/",
             "/results/", "/support/new/", "/support/routes/", "/results/schools/", "/documents/check/"]  # fmt: skip
    for page in [*pages, *([f"/results/{dataset.pk}/"] if dataset else [])]:
        assert as_("coordinator").get(f"{page}?{query}").status_code in {200, 302, 404, 422}, page


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 40])
def test_numbers_of_nothing_are_not_found(world: World, as_: Any, number: str) -> None:
    for page in (f"/people/{number}/", f"/results/{number}/", f"/support/{number}/", f"/support/routes/{number}/",
                 f"/support/items/{number}/", f"/centre/schools/{number}/"):  # fmt: skip
        assert as_("coordinator").get(page).status_code == 404, page


def test_posted_numbers_of_another_centre_do_nothing(world: World, as_: Any) -> None:
    foreign_school = make_school(world.foreign)
    foreign = {name: world.accounts[f"foreign_{name}"].person_id for name in ("teacher", "tutor")}
    period = {"subject": "math", "basis": "request", "start": "2026-09-01", "end": "2027-05-31"}
    both = {**period, "tutor": foreign["tutor"], "members": [foreign["teacher"]]}
    assert as_("coordinator").post("/support/new/", both).status_code == 422
    assert as_("tutor").post("/support/new/", both).status_code == 422
    answer = as_("coordinator").post("/results/schools/", {"code": ["sch1"], "school": [foreign_school.pk]})
    assert answer.status_code in {404, 422}
    person = world.accounts["teacher"].person_id
    role = {"role": "head", "school": foreign_school.pk, "start": "2026-09-01", "centre": world.foreign.pk}
    assert as_("coordinator").post(f"/people/{person}/roles/new/", role).status_code in {404, 422}
    assert not TutorSupport.objects.exists()
    assert not SchoolAlias.objects.exists()
    assert not RoleAssignment.objects.filter(person=person, role="head").exists()


def test_an_item_can_not_be_tied_to_a_foreign_deficit(world: World, as_: Any) -> None:
    route = make_draft(world)
    foreign = make_hypothesis(world, world.accounts["other_teacher"].person, "Чужая тема")
    values = {"task": "Дело", "activity_kind": "webinar", "showing_form": "talk", "deadline": route.end.isoformat()}
    answer = as_("tutor").post(f"/support/routes/{route.pk}/items/add/", {**values, "hypothesis_id": foreign.pk})
    assert answer.status_code == 422
    assert not route.items.filter(hypothesis=foreign).exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_no_way_out_through_next(world: World, as_: Any, back: str) -> None:
    answer = Client().post("/design/appearance/", {"theme": "dark", "next": back})
    assert answer["Location"] == "/"
    account = world.accounts["teacher"]
    account.set_password(DEMO_PASSWORD + "-not")
    account.save()
    data = {"login": account.username, "password": DEMO_PASSWORD + "-not", "next": back}
    assert Client().post(SIGN_IN, data)["Location"].startswith("/")
    assert "evil" not in Client().post(SIGN_IN, data)["Location"]


# Sign-in


@pytest.mark.parametrize(("demo", "opens"), [(False, False), (True, True)])
def test_the_demo_password_opens_nothing_outside_of_the_demo(world: World, demo: bool, opens: bool) -> None:
    account = world.accounts["teacher"]
    account.set_password(DEMO_PASSWORD)
    account.save()
    with override_settings(DEMO=demo):
        answer = Client().post(SIGN_IN, {"login": account.username, "password": DEMO_PASSWORD})
    assert ("sessionid" in answer.cookies) is opens


def test_nobody_signs_in_as_another_outside_of_the_demo(world: World) -> None:
    with override_settings(DEMO=False):
        assert Client().get("/demo/").status_code == 404
        assert Client().post("/demo/", {"login": world.accounts["teacher"].username}).status_code == 404


def test_an_invented_address_does_not_reset_the_limit_of_guesses(world: World) -> None:
    account = world.accounts["teacher"]
    for attempt in range(12):
        headers = {"X-Forwarded-For": f"10.0.0.{attempt}", "X-Real-IP": f"10.0.0.{attempt}"}
        answer = Client().post(SIGN_IN, {"login": account.username, "password": "не тот"}, headers=headers)
    account.set_password("проверочный-пароль-8")
    account.save()
    answer = Client().post(SIGN_IN, {"login": account.username, "password": "проверочный-пароль-8"})
    assert (answer.status_code, "sessionid" in answer.cookies) == (429, False)


def test_a_session_gets_a_new_name_at_sign_in(world: World) -> None:
    client = Client()
    account: Account = world.accounts["teacher"]
    account.set_password("проверочный-пароль-8")
    account.save()
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    answer = client.post(SIGN_IN, {"login": account.username, "password": "проверочный-пароль-8"})
    assert answer.cookies["sessionid"].value != session.session_key


# Files


@pytest.mark.parametrize(("name", "content"), [
    ("урок.svg", b"<svg onload=alert(1)>"), ("урок.html", b"<script>"), ("урок.pdf", b"<script>alert(1)</script>"),
    ("урок.png.html", b"\x89PNG\r\n\x1a\n"), ("урок.jpg", b"MZ\x90\x00"), ("урок.docx", b"PK\x03\x04broken"),
    ("урок", PDF), (".pdf", b""),
])  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused(world: World, as_: Any, name: str, content: bytes) -> None:
    item = make_running(world).items.all()[0]
    before = uploads()
    assert attach(as_("teacher"), item, name, content).status_code == 422
    assert uploads() == before
    assert not ItemEvidence.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../secret.pdf", "a\tSet-Cookie: x=1.pdf", 'a";filename="b.html.pdf', "ё" * 300 + ".pdf"]
)
def test_names_of_files_stay_in_their_place(world: World, as_: Any, name: str) -> None:
    item = make_running(world).items.all()[0]
    before = uploads()
    assert attach(as_("teacher"), item, name, PDF).status_code == 302
    (stored,) = uploads() - before
    assert re.fullmatch(r"evidence/\d{4}/\d\d/[0-9a-f]{32}\.pdf", stored)
    answer = as_("tutor").get(f"/support/evidence/{item.evidence.get().pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in answer.headers
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,<script>", "ftp://example.org/a", "//example.org"]
)
def test_links_lead_to_the_web_only(world: World, as_: Any, link: str) -> None:
    item = make_running(world).items.all()[0]
    as_("teacher").post(f"/support/items/{item.pk}/evidence/", {"link": link})
    assert all(one.link.startswith(("http://", "https://")) for one in item.evidence.all())


# The machine fails


def test_a_file_does_not_outlive_its_row(world: World, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_running(world).items.all()[0]
    before = uploads()

    def fail(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("the row fails after the file is there")

    monkeypatch.setattr(doing, "_attached", fail)
    with pytest.raises(RuntimeError):
        attach(as_("teacher"), item, "урок.pdf", PDF)
    assert uploads() == before
    assert not ItemEvidence.objects.exists()


def test_a_full_disk_is_said_and_leaves_nothing(world: World, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_running(world).items.all()[0]
    before = uploads()
    whole = FileSystemStorage._save

    def half(storage: Any, name: str, content: Any) -> str:
        whole(storage, name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", half)
    answer = attach(as_("teacher"), item, "урок.pdf", PDF)
    assert answer.status_code == 503
    assert "нет места" in answer.content.decode()
    assert uploads() == before
    assert not ItemEvidence.objects.exists()
    assert fresh(item.route).items.get(pk=item.pk).state == "planned"


def test_a_busy_database_is_said(world: World, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from traektoria.desk import views

    def busy(*_args: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(views, "desk_of", busy)
    answer = as_("teacher").get("/")
    assert answer.status_code == 503
    assert "ещё раз" in answer.content.decode()


@pytest.mark.parametrize(("viewer", "size", "status"), [("anonymous", 2_000_000, 413), ("teacher", 300_000_000, 413),
                                                        ("teacher", 10**30, 413), ("anonymous", 500, 302)])  # fmt: skip
def test_floods_are_refused_before_they_are_read(world: World, as_: Any, viewer: str, size: int, status: int) -> None:
    announced = {"CONTENT_LENGTH": str(size)} if size > 1_000 else {}
    answer = as_(viewer).post("/support/new/", {"subject": "math" * 30}, **announced)
    assert answer.status_code == status
