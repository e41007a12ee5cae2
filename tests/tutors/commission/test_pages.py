"""The whole way of a session by its pages: what each person sees, and what stays hidden from them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.tutors.commission_factories import Sitting, make_application, make_item, make_sitting
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.queries.judgements import judged_criteria
from traektoria.tutors.models import AgendaItem, Judgement, Session

pytestmark = pytest.mark.django_db
NAMES = ("chair", "deputy", "secretary", "member", "fifth")
SECRET_NOTE = "Очень-личная-заметка"


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Any, settings: Any) -> None:
    settings.BALLOTS = tmp_path


def client(sitting: Sitting, name: str) -> Client:
    browser = Client()
    browser.force_login(sitting.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
    return browser


def page(sitting: Sitting, name: str) -> str:
    response = client(sitting, name).get(reverse("tutors:session_detail", args=[sitting.session.pk]))
    assert response.status_code == 200
    return response.content.decode()


def step(sitting: Sitting, name: str, what: str) -> int:
    url = reverse("tutors:item_step", args=[sitting.item.pk, what])
    return client(sitting, name).post(url).status_code


def send(sitting: Sitting, name: str, view: str, **data: Any) -> int:
    return client(sitting, name).post(reverse(f"tutors:{view}", args=[sitting.item.pk]), data).status_code


def judge(sitting: Sitting, name: str, points: int = 1, note: str = "") -> int:
    slugs = [one.slug for one in judged_criteria(sitting.item.application)]
    data = {f"points-{slug}": points for slug in slugs} | {f"note-{slug}": note for slug in slugs}
    return send(sitting, name, "item_judge", **data)


def test_the_secretary_holds_a_secret_vote_to_the_signed_protocol() -> None:
    """The secretary presses: begin, judge, open, begin the vote, vote, count, decide, close, sign."""
    sitting = make_sitting(secret=True)
    assert step(sitting, "secretary", "begin") == 302
    assert [judge(sitting, name) for name in NAMES] == [302] * 5
    assert step(sitting, "secretary", "reveal") == 302
    assert step(sitting, "secretary", "vote") == 302
    assert [send(sitting, name, "item_vote", choice="1") for name in NAMES] == [302] * 5
    assert "Закрыть голосование" in page(sitting, "secretary") or "Close the vote" in page(sitting, "secretary")
    assert step(sitting, "secretary", "count") == 302
    assert send(sitting, "secretary", "item_decide", reasons="", start="2026-12-01") == 302
    steps = [("secretary", "close"), ("secretary", "sign"), ("chair", "sign")]
    for name, what in steps:
        url = reverse("tutors:session_step", args=[sitting.session.pk, what])
        assert client(sitting, name).post(url).status_code == 302
    assert Session.objects.get().state == SessionState.SIGNED
    for name in (*NAMES, "coordinator"):
        assert page(sitting, name)


def test_judgements_are_blind_on_every_page() -> None:
    sitting = make_sitting(AgendaState.JUDGING)
    judge(sitting, "member", 2, SECRET_NOTE)
    live = reverse("tutors:session_live", args=[sitting.session.pk])
    for name in ("chair", "deputy", "secretary", "fifth", "coordinator"):
        assert SECRET_NOTE not in page(sitting, name)
        assert SECRET_NOTE not in client(sitting, name).get(live).content.decode()
    assert SECRET_NOTE in page(sitting, "member")
    assert step(sitting, "secretary", "reveal") == 409
    for name in NAMES:
        judge(sitting, name, 2, SECRET_NOTE if name == "member" else "")
    assert SECRET_NOTE not in page(sitting, "chair")
    step(sitting, "secretary", "reveal")
    assert SECRET_NOTE in page(sitting, "chair")


def test_a_member_who_is_the_candidate_sees_the_decision_only() -> None:
    sitting = make_sitting()
    own = make_application(sitting.centre, sitting.members["member"].person)
    item = make_item(sitting.session, own, state=AgendaState.DISCUSSED)
    for criterion in judged_criteria(own):
        Judgement.objects.create(
            item=item, member=sitting.members["chair"], criterion=criterion.slug, points=1, note=SECRET_NOTE
        )
    url = reverse("tutors:session_detail", args=[sitting.session.pk]) + f"?item={item.pk}"
    assert SECRET_NOTE in client(sitting, "chair").get(url).content.decode()
    assert SECRET_NOTE not in client(sitting, "member").get(url).content.decode()


def test_autosave_answers_without_a_page() -> None:
    sitting = make_sitting(AgendaState.JUDGING)
    url = reverse("tutors:item_judge", args=[sitting.item.pk])
    slug = judged_criteria(sitting.item.application)[0].slug
    for points in (1, 1, 2):
        response = client(sitting, "member").post(url, {f"points-{slug}": points}, headers={"X-Autosave": "1"})
        assert response.status_code == 204
    assert list(Judgement.objects.order_by("pk").values_list("points", flat=True)) == [1, 2]


def test_wrong_forms_come_back_with_their_words() -> None:
    sitting = make_sitting(AgendaState.COUNTED)
    assert send(sitting, "secretary", "item_decide", reasons="") == 422
    assert send(sitting, "secretary", "item_postpone", reason="") == 422
    sitting = make_sitting(AgendaState.VOTING)
    assert send(sitting, "member", "item_vote", choice="9") == 422
    assert send(sitting, "secretary", "item_recuse", member=sitting.members["fifth"].pk, reason="own", note="x") == 422
    url = reverse("tutors:item_step", args=[sitting.item.pk, "nonsense"])
    assert client(sitting, "secretary").post(url).status_code == 404


def test_live_part_says_when_the_session_has_moved_on() -> None:
    sitting = make_sitting(AgendaState.JUDGING)
    url = reverse("tutors:session_live", args=[sitting.session.pk])
    same = client(sitting, "member").get(url).content.decode()
    moved = client(sitting, "member").get(url, {"seen": "op-0"}).content.decode()
    assert (reverse("tutors:session_detail", args=[sitting.session.pk]) in moved) > ("notice" in same)


def test_the_coordinator_forms_a_commission_from_nothing() -> None:
    sitting = make_sitting()
    browser = client(sitting, "coordinator")
    new = browser.post(
        reverse("tutors:commission_new"), {"name": "Новая", "basis": "приказ № 9", "start": "2026-09-01"}
    )
    add = new["Location"] + "members/new/"
    person = sitting.members["member"].person
    seat = {"kind": "science", "position": "доцент"}
    assert browser.get(add, {"q": person.surname}).status_code == 200
    assert browser.post(f"{add}?q={person.surname}", {"person": person.pk, "post": "chair", **seat}).status_code == 302
    assert browser.post(add, {"surname": "Новый", "given": "Иван", "post": "secretary", **seat}).status_code == 302
    assert browser.post(add, {"post": "member", **seat}).status_code == 422
    made = {"person__surname": "Новый", "role": Role.COMMISSION_MEMBER}
    assert RoleAssignment.objects.filter(**made).exists()
    assert browser.get(new["Location"]).status_code == 200
    assert browser.post(new["Location"] + "begin/").status_code == 409


def test_agenda_and_attendance_by_the_pages() -> None:
    sitting = make_sitting()
    browser, session = client(sitting, "secretary"), sitting.session
    waiting = [make_application(sitting.centre) for _time in range(2)]
    browser.post(reverse("tutors:session_agenda_add", args=[session.pk]), {"application": [one.pk for one in waiting]})
    last = AgendaItem.objects.get(application=waiting[1])
    browser.post(reverse("tutors:item_step", args=[last.pk, "up"]))
    order = [item.application_id for item in session.items.all()]
    assert order == [sitting.item.application_id, waiting[1].pk, waiting[0].pk]
    browser.post(reverse("tutors:item_step", args=[last.pk, "remove"]))
    assert [item.position for item in session.items.all()] == [1, 2]
    present = [sitting.members[name].pk for name in ("chair", "secretary")]
    browser.post(
        reverse("tutors:session_attendance", args=[session.pk]),
        {"present": present, f"reason-{sitting.members['fifth'].pk}": "болеет"},
    )
    rows = {row.member_id: (row.present, row.reason) for row in session.attendance.all()}
    assert rows[sitting.members["fifth"].pk] == (False, "болеет")
    assert sum(here for here, _reason in rows.values()) == 2


def test_the_panel_beside_the_counts_says_the_same_number() -> None:
    """What is asked every few seconds brings the panel with it where somebody has voted meanwhile."""
    for state, left in ((AgendaState.VOTING, 'id="close-vote"'), (AgendaState.JUDGING, 'id="reveal"')):
        sitting = make_sitting(state)
        shown = page(sitting, "secretary")
        assert 'name="left" value="5"' in shown
        assert left in shown
        url = reverse("tutors:session_live", args=[sitting.session.pk])
        assert "hx-swap-oob" not in client(sitting, "secretary").get(url, {"left": "5"}).content.decode()
        send(sitting, "member", "item_vote", choice="1")
        judge(sitting, "member", 2)
        live = client(sitting, "secretary").get(url, {"left": "5"}).content.decode()
        assert f"{left} hx-swap-oob" in live
        assert 'name="left" value="4"' in live
        assert "hx-swap-oob" not in client(sitting, "member").get(url, {"left": "5"}).content.decode()


@pytest.mark.parametrize("secret", [False, True])
def test_who_has_not_voted_is_named_in_an_open_vote_only(secret: bool) -> None:
    sitting = make_sitting(AgendaState.DISCUSSED, secret=secret)
    step(sitting, "secretary", "vote")
    send(sitting, "member", "item_vote", choice="1")
    url = reverse("tutors:session_live", args=[sitting.session.pk])
    names = {name: sitting.members[name].person.short_name for name in NAMES}
    for viewer in ("secretary", "chair", "fifth"):
        told = client(sitting, viewer).get(url).content.decode().replace("\xa0", " ")
        assert ("Ещё не голосовали" in told) != secret
        waited = {name for name in NAMES if names[name].replace("\xa0", " ") in told}
        assert waited == (set() if secret else set(NAMES) - {"member"})
    assert "Ещё не голосовали" not in client(sitting, "candidate").get(url).content.decode()


def test_the_act_of_now_stands_before_what_it_rests_on() -> None:
    """Vote and leading act first; criteria and judgements folded below; agenda and attendance after the item."""
    sitting = make_sitting(AgendaState.VOTING)
    shown = page(sitting, "chair")
    places = [shown.index(mark) for mark in ('name="choice"', 'id="close-vote"', "Критерии и чем", 'class="agenda')]
    assert places == sorted(places)
    assert shown.index('class="agenda') < shown.index("attendance/")
    assert "open><summary" not in shown.split("Критерии и чем")[0].rpartition("<details")[2]


def test_a_recusal_is_one_s_own_or_of_a_chosen_member() -> None:
    sitting = make_sitting(AgendaState.JUDGING)
    own = {name: f'name="member" value="{sitting.members[name].pk}"' for name in NAMES}
    for name in NAMES:
        shown = page(sitting, name)
        assert own[name] in shown
        assert "Взять самоотвод" in shown
    shown = page(sitting, "secretary")
    assert "selected>выберите члена комиссии" in shown
    assert f'<option value="{sitting.members["secretary"].pk}"' not in shown
    assert "Записать самоотвод" not in page(sitting, "member")
    facts = {"reason": "other", "note": "дружим"}
    assert send(sitting, "secretary", "item_recuse", member="", **facts) == 422
    assert send(sitting, "secretary", "item_recuse", member=sitting.members["secretary"].pk, **facts) == 302
    assert send(sitting, "secretary", "item_recuse", member=sitting.members["fifth"].pk, **facts) == 302
    assert set(sitting.item.recusals.values_list("member__post", flat=True)) == {"secretary", "member"}
