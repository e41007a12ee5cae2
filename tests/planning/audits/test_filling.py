"""Answers and files as they come over a dying line, pictures without a place, and what is signed."""

import io
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.planning.audits.audit_factories import filled, numbers, photo, planned, signed
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.planning.audits.actions.checklists import begin_edition, drop_criterion, publish_edition
from traektoria.planning.audits.actions.filling import GivenVerdict, attach_file, save_answers
from traektoria.planning.audits.actions.planning import cancel_audit, move_to_edition
from traektoria.planning.audits.actions.signing import Advice, sign_audit
from traektoria.planning.audits.enums import AuditState
from traektoria.planning.audits.queries.audits import sheet_of
from traektoria.planning.models import Audit, AuditAnswer, AuditFile, Finding

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def sent(client: Client, audit: Audit, rows: list[dict[str, Any]], device: str = "phone") -> Any:
    body = json.dumps({"device": device, "answers": rows})
    return client.post(reverse("planning:audit_save", args=[audit.token]), body, content_type="application/json")


def row_of(number: int, sequence: int, verdict: str = "yes", **more: str) -> dict[str, Any]:
    return {"criterion": number, "sequence": sequence, "verdict": verdict, **more}


def test_one_act_sent_ten_times_in_random_order_is_one_act(as_: As, world: World) -> None:
    """4.1: each answer changed twice, two photos, all of it ten times, the line dies after the server has written."""
    audit, client, chance = planned(world), as_("tutor"), random.Random(4)
    act: list[tuple[str, Any]] = [
        ("answer", row_of(number, 1_000 * turn + number, verdict, note=f"{verdict} {number}"))
        for number in numbers(audit)[:2]
        for turn, verdict in ((1, "no"), (2, "partly"), (3, "yes"))
    ]
    act += [("photo", (numbers(audit)[0], "red")), ("photo", (numbers(audit)[0], "blue"))]
    for _time in range(10):
        for kind, what in chance.sample(act, len(act)):
            if kind == "answer":
                assert sent(client, audit, [what]).status_code == 200
            else:
                url = reverse("planning:audit_attach", args=[audit.token])
                answer = client.post(url, {"criterion": what[0], "file": photo(what[1], (200, 100))})
                assert answer.json()["kept"]
    assert Audit.objects.count() == 1
    assert {one.verdict for one in AuditAnswer.objects.all()} == {"yes"}
    assert sorted(one.criterion for one in AuditAnswer.objects.all()) == numbers(audit)[:2]
    assert AuditFile.objects.count() == 2
    assert all(one.file.size for one in AuditFile.objects.all())


def test_a_sending_that_fails_writes_nothing_and_comes_again(world: World) -> None:
    audit = planned(world)

    def dies() -> None:
        with transaction.atomic():
            save_answers(
                audit=audit, answers=[GivenVerdict(1, "yes", device="phone", sequence=5)], by=actor(world, "tutor")
            )
            raise RuntimeError("the line died")

    with pytest.raises(RuntimeError):
        dies()
    assert not AuditAnswer.objects.exists()
    saved = save_answers(
        audit=audit, answers=[GivenVerdict(1, "yes", device="phone", sequence=5)], by=actor(world, "tutor")
    )
    assert saved.kept == {1: 5}


def test_of_two_devices_the_later_answer_stays_and_a_fast_clock_wins_nothing_for_ever(world: World) -> None:
    audit, by = planned(world), actor(world, "tutor")
    ahead = 4_000_000_000_000
    save_answers(audit=audit, answers=[GivenVerdict(1, "no", device="fast", sequence=ahead)], by=by)
    save_answers(audit=audit, answers=[GivenVerdict(1, "partly", device="old", sequence=1_000)], by=by)
    assert AuditAnswer.objects.get().verdict == "no"
    save_answers(audit=audit, answers=[GivenVerdict(1, "yes")], by=by)
    assert AuditAnswer.objects.get().verdict == "yes"


def test_a_picture_is_small_and_has_no_place_in_it(world: World) -> None:
    audit = planned(world)
    shot = photo()
    assert Image.open(io.BytesIO(shot.read())).getexif().get_ifd(0x8825)
    shot.seek(0)
    made = attach_file(audit=audit, criterion=1, file=shot, by=actor(world, "tutor"))
    with made.file.open("rb") as kept:
        picture = Image.open(kept)
        assert max(picture.size) == 1600
        assert not dict(picture.getexif())
    assert Audit.objects.get().state == AuditState.GOING


def test_what_is_here_already_is_here_also_where_its_kind_is_not_taken_any_more(as_: As, world: World) -> None:
    """A device whose answer was lost sends the file again, after a new release too."""
    audit, by = planned(world), actor(world, "tutor")
    sent = SimpleUploadedFile("Урок.pdf", b"%PDF-1.7\n")
    made = attach_file(audit=audit, criterion=1, file=sent, by=by)
    again = SimpleUploadedFile("Урок.mp4", b"%PDF-1.7\n")
    assert attach_file(audit=audit, criterion=1, file=again, by=by) == made
    address = reverse("planning:audit_attach", args=[audit.token])
    other = SimpleUploadedFile("Урок.mp4", b"\0\0\0\x18ftypmp42")
    answer = as_("tutor").post(address, {"criterion": 1, "file": other})
    assert answer.status_code == 422
    assert "PPTX" in answer.json()["sentence"]
    assert AuditFile.objects.get() == made


def test_a_broken_picture_is_refused_in_words(as_: As, world: World) -> None:
    audit, shot = planned(world), photo()
    shot.file = io.BytesIO(shot.read()[:900])
    shot.size = 900
    answer = as_("tutor").post(reverse("planning:audit_attach", args=[audit.token]), {"criterion": 1, "file": shot})
    assert answer.status_code == 422
    assert answer.json()["code"] in ("broken_picture", "too_many_pixels", "file_not_as_named")
    assert not AuditFile.objects.exists()


def test_nothing_is_chosen_before_somebody_chooses(as_: As, world: World) -> None:
    audit = planned(world)
    page = as_("tutor").get(reverse("planning:audit_fill", args=[audit.pk])).content.decode()
    assert " checked" not in page
    assert 'id="c1-note"' in page
    assert "&#34;" not in page
    assert sheet_of(audit).seen == 0


def test_unseen_is_not_signed_but_a_part_is(world: World) -> None:
    audit = filled(world, "yes unseen")
    said: dict[str, Any] = {"advice": {}, "conclusion": "", "reply_due": None, "by": actor(world, "tutor")}
    with pytest.raises(Invalid) as refusal:
        sign_audit(audit=audit, **said)
    assert refusal.value.code == "unseen"
    done = sign_audit(audit=audit, partial=True, **said)
    assert (done.checked, done.asked, done.is_partial) == (1, 5, True)


def test_nothing_seen_is_nothing_to_sign(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        sign_audit(
            audit=filled(world, "unseen"), advice={}, conclusion="", reply_due=None, partial=True,
            by=actor(world, "tutor"),
        )  # fmt: skip
    assert refusal.value.code == "nothing_seen"


def test_what_is_wanting_needs_a_recommendation(world: World) -> None:
    audit = filled(world, "no yes")
    said: dict[str, Any] = {"conclusion": "", "reply_due": None, "by": actor(world, "tutor")}
    with pytest.raises(Invalid):
        sign_audit(audit=audit, advice={}, **said)
    sign_audit(audit=audit, advice={1: Advice("Завести карты")}, **said)
    assert [one.criterion for one in Finding.objects.all()] == [1]
    assert sign_audit(audit=audit, advice={}, **said).is_signed
    assert Finding.objects.count() == 1


def test_what_is_signed_or_cancelled_takes_no_answers(world: World) -> None:
    done = signed(world)
    with pytest.raises(Conflict):
        save_answers(audit=done, answers=[GivenVerdict(1, "yes")], by=actor(world, "tutor"))
    other = planned(world)
    cancel_audit(audit=other, reason="Карантин", by=actor(world, "coordinator"))
    with pytest.raises(Conflict):
        save_answers(audit=other, answers=[GivenVerdict(1, "yes")], by=actor(world, "tutor"))


def test_only_auditors_fill(world: World) -> None:
    audit = planned(world)
    for who in ("coordinator", "other_tutor", "head"):
        with pytest.raises(Refused):
            save_answers(audit=audit, answers=[GivenVerdict(1, "yes")], by=actor(world, who))


def test_does_not_apply_has_a_reason(world: World) -> None:
    saved = save_answers(
        audit=planned(world),
        answers=[GivenVerdict(1, "na"), GivenVerdict(2, "na", why="Нет 9 класса")],
        by=actor(world, "tutor"),
    )
    assert list(saved.refused) == [1]
    assert list(saved.kept) == [2]


def test_an_audit_stays_with_its_edition_until_it_is_moved(world: World) -> None:
    """4.2: ids of criteria are never given again, answers to what stayed are kept."""
    audit, by = filled(world, "yes"), actor(world, "coordinator")
    draft = begin_edition(centre_id=world.own.pk, kind=audit.kind, by=by)
    drop_criterion(version=draft, number=1, by=by)
    draft = publish_edition(version=draft, by=by)
    assert sheet_of(Audit.objects.get()).asked == 5
    moved = move_to_edition(audit=audit, version=draft, by=actor(world, "tutor"))
    assert moved.version_id == draft.pk
    sheet = sheet_of(Audit.objects.get())
    assert (sheet.asked, sheet.seen) == (4, 4)
    saved = save_answers(audit=audit, answers=[GivenVerdict(1, "no")], by=actor(world, "tutor"))
    assert list(saved.refused) == [1]


def test_last_answer_and_repeats_stand_beside(world: World) -> None:
    """4.5."""
    signed(world, "no yes")
    signed(world, "partly yes")
    sheet = sheet_of(filled(world, "no yes"))
    first, second = sheet.lines[:2]
    assert first.before is not None
    assert first.before.verdict == "partly"
    assert first.before_finding is not None
    assert (first.times, second.times) == (3, 0)


def test_broken_bodies_are_answered_in_words(as_: As, world: World) -> None:
    audit, client = planned(world), as_("tutor")
    for body in ("", "[]", "{}", '{"device": "", "answers": []}', '{"device": "a", "answers": [{"criterion": "x"}]}'):
        url = reverse("planning:audit_save", args=[audit.token])
        assert client.post(url, body, content_type="application/json").status_code == 422
