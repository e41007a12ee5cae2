"""The act of an audit on paper: number, findings with all that belongs to them, photos, the answer of the school."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from tests.documents.test_card import squeezed
from tests.documents.test_papers import client_of, taken
from tests.planning.audits.audit_factories import filled, photo, signed
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.documents.models import IssuedDocument
from traektoria.planning.audits.actions.filling import GivenVerdict, attach_file, save_answers
from traektoria.planning.audits.actions.replying import ReplyText, reply_to_act
from traektoria.planning.audits.actions.signing import Advice, sign_audit
from traektoria.planning.models import Audit

pytestmark = pytest.mark.django_db
FORMS = ("docx", "pdf")


def with_photos(world: World) -> Audit:
    audit = filled(world, "no yes", kind="exam_site")
    by = actor(world, "tutor")
    seen = GivenVerdict(1, "no", note="Раздела нет", concerns="Главная страница", address="https://school.example/gia")
    save_answers(audit=audit, answers=[seen], by=by)
    for color in ("red", "blue", "green"):
        shot = photo(color, (1600, 900))
        attach_file(audit=audit, criterion=1, file=shot, by=by)
    advice = {1: Advice("Завести раздел", "Заместитель директора по УВР", timezone.localdate())}
    return sign_audit(audit=audit, advice=advice, conclusion="Раздел нужен", reply_due=None, by=by)


@pytest.mark.parametrize("form", FORMS)
def test_a_finding_has_all_that_belongs_to_it(world: World, form: str) -> None:
    """4.6: criterion, place, evidence, recommendation, owner, term; the address with its time (4.7)."""
    act = with_photos(world)
    text = taken(client_of(world.accounts["coordinator"]), "audit_act", act.pk, form)
    said = ["АКТ", "№ 1", "Раздела нет", "Главная страница", "Завести раздел", "Заместитель директора по УВР",
            f"до {timezone.localdate():%d.%m.%Y}", "Раздел нужен", "school.example/gia",
            "Школа с актом ещё не знакомилась", "К критерию 1", "Тьютор"]  # fmt: skip
    for words in said:
        assert squeezed(words) in text, words


def test_photos_are_in_both_files(world: World) -> None:
    act = with_photos(world)
    client = client_of(world.accounts["head"])
    got = {
        form: client.get(reverse("documents:paper", kwargs={"kind": "audit_act", "pk": act.pk, "form": form})).content
        for form in FORMS
    }
    pictures = [name for name in zipfile.ZipFile(io.BytesIO(got["docx"])).namelist() if name.startswith("word/media/")]
    assert len(pictures) == 3
    assert got["pdf"].count(b"/Subtype /Image") + got["pdf"].count(b"/Subtype/Image") == 3
    assert b"GPS" not in got["docx"]


@pytest.mark.parametrize("form", FORMS)
def test_the_answer_of_the_school_stands_in_the_act_under_a_new_code(world: World, form: str) -> None:
    act = signed(world, "no no yes")
    client = client_of(world.accounts["head"])
    taken(client, "audit_act", act.pk, form)
    first, second = act.findings.all()
    said = {first.pk: ReplyText("objected", "Карты лежат у классных руководителей"), second.pk: ReplyText("agreed")}
    reply_to_act(audit=act, replies=said, by=actor(world, "head"))
    text = taken(client, "audit_act", act.pk, form)
    for words in ("Карты лежат у классных руководителей", "возражаем", "согласны", "Руководитель школы", "в системе"):
        assert squeezed(words) in text, words
    versions = IssuedDocument.objects.filter(kind="audit_act").order_by("pk").values_list("version", flat=True)
    assert list(versions) == [1, 4]


def test_a_part_is_said_to_be_one_and_a_repeated_finding_too(world: World) -> None:
    signed(world, "no yes")
    act = signed(world, "no unseen", partial=True)
    text = taken(client_of(world.accounts["head"]), "audit_act", act.pk, "docx")
    assert squeezed("1 из 5 критериев; остальные не смотрели") in text
    assert squeezed("Повторное замечание, 2-й раз подряд") in text


def test_numbers_go_on_within_a_year_and_a_centre(world: World) -> None:
    acts = [signed(world, "yes") for _time in range(2)]
    assert [(one.act_year, one.act_number) for one in acts] == [(timezone.localdate().year, n) for n in (1, 2)]
    Audit.objects.filter(pk=acts[1].pk).update(act_year=2020)
    assert signed(world, "yes").act_number == 2


def test_a_draft_has_no_paper_and_a_stranger_gets_none(world: World) -> None:
    going, act = filled(world, "no"), signed(world)
    asked = {"kind": "audit_act", "form": "pdf"}
    coordinator = client_of(world.accounts["coordinator"])
    assert coordinator.get(reverse("documents:paper", kwargs={**asked, "pk": going.pk})).status_code == 404
    for who in ("teacher", "other_tutor", "foreign_coordinator", "foreign_head"):
        answer = client_of(world.accounts[who]).get(reverse("documents:paper", kwargs={**asked, "pk": act.pk}))
        assert answer.status_code == 404, who


def test_an_act_that_cannot_be_read_says_so(world: World) -> None:
    act = signed(world)
    Audit.objects.filter(pk=act.pk).update(printed={"centre": 5})
    url = reverse("documents:paper", kwargs={"kind": "audit_act", "pk": act.pk, "form": "pdf"})
    assert client_of(world.accounts["head"]).get(url).status_code == 409


def test_a_picture_that_is_gone_does_not_stop_the_act(world: World) -> None:
    act = with_photos(world)
    broken = act.files.all()[0]
    broken.file.storage.delete(broken.file.name)
    broken.file.storage.save(broken.file.name, ContentFile(b"no picture"))
    text = taken(client_of(world.accounts["head"]), "audit_act", act.pk, "docx")
    assert squeezed("Ещё фотографий на странице аудита: 1") in text
