"""Pages of tutors: what each sees and does, without scripts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from tests.factories import make_centre, make_member, make_person
from tests.tutors.orders.test_orders import make_applicant, school_centre
from tests.tutors.status_factories import make_admitted, make_status
from traektoria.core.context import LETTERS_ON_PHONE, TABS_ON_PHONE
from traektoria.core.registries import menu
from traektoria.core.support import TutorLoads, tutor_loads
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Consent
from traektoria.tutors.models import StaffOrder, TutorProfile, TutorStatus
from traektoria.tutors.orders.enums import OrderState
from traektoria.tutors.statuses.enums import BasisKind, StatusState

pytestmark = pytest.mark.django_db


def opened(client: Client, name: str, *args: int, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, name: str, *args: int, **data: Any) -> int:
    return client.post(reverse(name, args=args), data).status_code


def tutor_of(centre: TutorCentre) -> tuple[TutorStatus, Account]:
    account = make_member(centre, Role.TUTOR)
    assert account.person is not None
    return make_status(centre, account.person), account


def rows(**slots: str) -> dict[str, str]:
    return {"slots-TOTAL_FORMS": "3", "slots-INITIAL_FORMS": "0", **slots}


PROFILE = {"teachers_at_once": "4", "hours_a_month": "12", "subjects": ["math"], "grades": ["5", "6"],
           "formats": ["video"], "languages": "русский, ненецкий, русский", "about": "Помогу"}  # fmt: skip


def slot(number: int, day: str, start: str, end: str) -> dict[str, str]:
    prefix = f"slots-{number}"
    return {f"{prefix}-weekday": day, f"{prefix}-start": start, f"{prefix}-end": end}


def test_the_list_with_filters_and_free_places(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = make_centre()
    first, second = make_status(centre, make_person("Авдеева")), make_status(centre, make_person("Борисова"))
    TutorProfile.objects.filter(person=first.person).update(formats=["video"], teachers_at_once=2)
    TutorProfile.objects.filter(person=second.person).update(subjects=["physics"], teachers_at_once=1)
    monkeypatch.setattr(tutor_loads, "_items", {"x": TutorLoads("x", 1, lambda c, ids: {second.person_id: 1})})
    client.force_login(make_member(centre, Role.TEACHER))
    assert "2 из 2" in opened(client, "tutors:home")
    for query, seen, unseen in [
        ("?subject=physics", "Борисова", "Авдеева"),
        ("?form=video", "Авдеева", "Борисова"),
        ("?free=on", "Авдеева", "Борисова"),
    ]:
        text = opened(client, "tutors:home", query=query)
        assert seen in text
        assert unseen not in text


def test_the_coordinator_writes_down_an_earlier_document(client: Client) -> None:
    centre = make_centre()
    person = make_member(centre, Role.TUTOR).person
    assert person is not None
    client.force_login(make_member(centre, Role.COORDINATOR))
    assert "Тьюторы без записи о статусе" in opened(client, "tutors:home")
    facts = {"basis_text": "приказ от 01.09.2024 № 45", "start": "2024-09-01", "end": "2023-09-01"}
    assert sent(client, "tutors:earlier_new", person.pk, **facts) == 422
    assert sent(client, "tutors:earlier_new", person.pk, **{**facts, "end": "2030-08-31"}) == 302
    term = TutorStatus.objects.get(person=person).terms.get()
    assert (term.basis, term.basis_text) == (BasisKind.EARLIER, "приказ от 01.09.2024 № 45")
    assert person.roles.get().end == term.end
    assert "Тьюторы без записи о статусе" not in opened(client, "tutors:home")


def test_suspended_resumed_ended_on_the_page(client: Client) -> None:
    centre = make_centre()
    status, account = tutor_of(centre)
    client.force_login(make_member(centre, Role.COORDINATOR))
    assert sent(client, "tutors:status_suspend", status.pk) == 422
    assert sent(client, "tutors:status_suspend", status.pk, reason="отпуск") == 302
    assert sent(client, "tutors:status_suspend", status.pk, reason="отпуск") == 409
    assert "Статус приостановлен" in opened(client, "tutors:tutor_detail", status.pk)
    assert sent(client, "tutors:status_resume", status.pk) == 302
    assert sent(client, "tutors:status_end", status.pk, reason="переезд") == 302
    status.refresh_from_db()
    assert status.state == StatusState.ENDED
    assert not actor_of(account).is_tutor


@pytest.mark.parametrize(("days", "shown"), [(91, False), (90, True)])
def test_renew_is_offered_when_its_time_has_come(client: Client, days: int, shown: bool) -> None:
    status, account = tutor_of(make_centre())
    TutorStatus.objects.filter(pk=status.pk).update(end=timezone.localdate() + timedelta(days))
    client.force_login(account)
    page = opened(client, "tutors:tutor_detail", status.pk)
    assert (reverse("tutors:application_begin") in page, "Подать заявление о продлении можно с" in page) == (
        shown, not shown
    )  # fmt: skip


def test_a_teacher_asks_this_tutor(client: Client) -> None:
    status, account = tutor_of(make_centre())
    client.force_login(make_member(status.centre, Role.TEACHER))
    asks = f"?as=teacher&amp;tutor={status.person_id}"
    assert asks in opened(client, "tutors:tutor_detail", status.pk)
    client.force_login(account)
    assert asks not in opened(client, "tutors:tutor_detail", status.pk)


def test_the_profile_is_written_and_read(client: Client) -> None:
    centre = make_centre()
    status, account = tutor_of(centre)
    client.force_login(account)
    data = {**PROFILE, **rows(**slot(0, "3", "15:00", "17:00"), **slot(1, "0", "09:00", "10:00"))}
    assert sent(client, "tutors:profile_edit", **data) == 302
    profile = TutorProfile.objects.get()
    assert profile.availability == [
        {"weekday": 0, "start": "09:00", "end": "10:00"},
        {"weekday": 3, "start": "15:00", "end": "17:00"},
    ]
    assert (profile.languages, profile.grades, profile.teachers_at_once) == (["русский", "ненецкий"], [5, 6], 4)
    client.force_login(make_member(centre, Role.TEACHER))
    assert "Понедельник, 09:00–10:00" in opened(client, "tutors:tutor_detail", status.pk)


@pytest.mark.parametrize(
    ("slots", "sentence"),
    [
        ({**slot(0, "0", "09:00", "11:00"), **slot(1, "0", "10:00", "12:00")}, "пересекаются"),
        (slot(0, "0", "11:00", "09:00"), "конец должен быть позже"),
        (slot(0, "0", "11:00", ""), "Укажите часы"),
    ],
)
def test_wrong_hours_are_said(client: Client, slots: dict[str, str], sentence: str) -> None:
    client.force_login(tutor_of(make_centre())[1])
    answer = client.post(reverse("tutors:profile_edit"), {**PROFILE, **rows(**slots)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert TutorProfile.objects.get().availability == []


def test_more_rows_without_scripts(client: Client) -> None:
    client.force_login(tutor_of(make_centre())[1])
    data = {**PROFILE, **rows(**slot(0, "0", "09:00", "11:00")), "more": "1"}
    answer = client.post(reverse("tutors:profile_edit"), data)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'name="slots-4-weekday"' in text
    assert 'value="09:00"' in text
    assert TutorProfile.objects.get().about == ""


def test_the_tutor_without_a_profile_row_writes_one(client: Client) -> None:
    client.force_login(make_member(make_centre(), Role.TUTOR))
    assert sent(client, "tutors:profile_edit", **PROFILE, **rows()) == 302
    assert TutorProfile.objects.get().teachers_at_once == 4


def test_from_the_admitted_application_to_the_signed_order(client: Client) -> None:
    centre, head = school_centre()
    application = make_applicant(centre)
    tutor = make_member(centre, Role.TEACHER, centre.school, application.person)
    client.force_login(Account.objects.get(person=head.person_id))
    assert "Ждут приказа" in opened(client, "tutors:order_list")
    assert sent(client, "tutors:order_new", application.pk) == 302
    assert sent(client, "tutors:order_new", application.pk) == 302
    order = StaffOrder.objects.get()
    opened(client, "tutors:order_edit", order.pk)
    words = {"effective": "2026-09-01", "position": "старший учитель", "grounds": "заявление", "control": "за мной"}
    assert sent(client, "tutors:order_edit", order.pk, **words) == 302
    text = opened(client, "tutors:order_detail", order.pk)
    assert "старшего учителя" in text
    sign = {"number": "7", "day": "2026-09-01", "signer_name": "Д. П.", "signer_position": "Директор"}
    assert sent(client, "tutors:order_sign", order.pk, **{**sign, "number": ""}) == 422
    assert sent(client, "tutors:order_sign", order.pk, **sign) == 302
    assert sent(client, "tutors:order_sign", order.pk, **sign) in (409, 422)
    client.force_login(tutor)
    assert "Подтвердить ознакомление" in opened(client, "tutors:order_detail", order.pk)
    assert sent(client, "tutors:order_acquaint", order.pk) == 302
    order.refresh_from_db()
    assert (order.state, order.acquainted_at is not None) == (OrderState.SIGNED, True)


def test_what_is_missing_is_said_before_the_order(client: Client) -> None:
    centre, head = school_centre()
    application = make_admitted(centre, make_person())
    client.force_login(Account.objects.get(person=head.person_id))
    assert "Выполнены не все требования" in opened(client, "tutors:order_new", application.pk)
    answer = client.post(reverse("tutors:order_new", args=[application.pk]))
    assert answer.status_code == 409
    assert "Не хватает" in answer.content.decode()


def test_released_by_an_order(client: Client) -> None:
    centre, head = school_centre()
    status, _account = tutor_of(centre)
    client.force_login(Account.objects.get(person=head.person_id))
    answer = client.post(
        reverse("tutors:release_new", args=[status.pk]), {"effective": "2026-01-01", "reason": "по заявлению"}
    )
    assert answer.status_code == 302
    order = StaffOrder.objects.get()
    assert "по заявлению" in opened(client, "tutors:order_detail", order.pk)
    assert sent(client, "tutors:order_cancel", order.pk) == 302
    status.refresh_from_db()
    assert status.state == StatusState.ACTIVE


def test_a_teacher_has_at_most_five_places() -> None:
    actor = actor_of(make_member(make_centre(), Role.TEACHER))
    assert len([entry for entry in menu if entry.visible(actor)]) <= TABS_ON_PHONE


@pytest.mark.parametrize("viewer", ["teacher", "tutor", "head", "coordinator", "administrator"])
def test_the_bar_of_a_phone_cuts_no_word(as_, viewer: str) -> None:  # type: ignore[no-untyped-def]
    page = fromstring(as_(viewer).get("/").content.decode())
    found = page.xpath("//nav[contains(@class, 'bottom')]/a | //nav[contains(@class, 'bottom')]//summary")
    names = [one.text_content().strip() for one in found]
    assert 1 < len(names) <= TABS_ON_PHONE
    assert sum(map(len, names)) <= LETTERS_ON_PHONE + len("Ещё")


@pytest.mark.parametrize("act", ["suspend", "resume", "end", "release", "consent"])
def test_nothing_is_done_by_hand_with_a_status_whose_term_is_over(client: Client, act: str) -> None:
    centre = make_centre()
    account = make_member(centre, Role.TEACHER)
    assert account.person is not None
    status = make_status(centre, account.person, end=timezone.localdate() - timedelta(days=1))
    if act == "resume":
        TutorStatus.objects.update(state=StatusState.SUSPENDED, suspended_from=status.end, reason="болезнь")
    before = TutorStatus.objects.values().get()
    client.force_login(account if act == "consent" else make_member(centre, Role.COORDINATOR))
    name = {"release": "release_new", "consent": "register_consent"}.get(act, f"status_{act}")
    facts = {"reason": "переезд", "effective": timezone.localdate().isoformat()}
    answer = client.post(reverse(f"tutors:{name}", args=[status.pk]), facts)
    assert answer.status_code in (409, 422)
    assert "Срок этого статуса вышел" in answer.content.decode()
    assert TutorStatus.objects.values().get() == before
    assert not StaffOrder.objects.exists()
    assert not Consent.objects.exists()
