"""Becoming another person by giving them a password: what stays closed, who is told, who opens it again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from tests.acceptance.test_permission_matrix import ENTRIES
from tests.factories import PASSWORD, make_member, make_person
from tests.waiting import lines_for
from tests.world import World
from traektoria.core.models import AuditEvent
from traektoria.messaging.delivery import send_waiting
from traektoria.people import own_hand
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Employment, Person, RoleAssignment

OWN = "совсем-свой-пароль-9"

#: What only the person may do or read: closed by ``guard(own_hand=True)``. A new page of this kind belongs here.
SENSITIVE = {
    "desk:feed_make",
    "tutors:application_admit",
    "tutors:application_appeal",
    "tutors:application_consent",
    "tutors:application_refuse",
    "tutors:application_submit",
    "tutors:application_withdraw",
    "tutors:enter_in_community",
    "tutors:item_decide",
    "tutors:item_judge",
    "tutors:item_opinion",
    "tutors:item_recuse",
    "tutors:item_step",
    "tutors:item_vote",
    "tutors:order_acquaint",
    "tutors:order_sign",
    "tutors:register_consent",
    "tutors:register_withdraw",
    "tutors:session_step",
    "tutors:status_end",
    "tutors:status_resume",
    "tutors:status_suspend",
    "routes:category_answer",
    "routes:group_answer",
    "routes:reflection_share",
    "routes:reflection_withdraw",
    "routes:request_edit",
    "routes:route_agree",
    "routes:route_journal",
    "routes:route_propose",
    "routes:route_return",
    "routes:support_consent",
    "routes:support_decline",
    "routes:support_end",
    "diagnostics:feedback",
    "diagnostics:feedback_answers",
    "diagnostics:finding_take",
    "diagnostics:hypothesis_add",
    "diagnostics:hypothesis_block",
    "diagnostics:hypothesis_confirm",
    "diagnostics:hypothesis_detail",
    "diagnostics:hypothesis_discuss",
    "diagnostics:hypothesis_drop",
    "diagnostics:hypothesis_list",
    "diagnostics:hypothesis_reopen",
    "diagnostics:marking_answer",
    "diagnostics:paper_consent",
    "diagnostics:paper_entry",
    "diagnostics:person_field",
    "diagnostics:person_hypothesis_add",
    "diagnostics:protocol_confirm",
    "diagnostics:protocol_detail",
    "diagnostics:protocol_discard",
    "diagnostics:protocol_list",
    "diagnostics:protocol_new",
    "diagnostics:protocol_take_back",
    "diagnostics:protocol_write",
    "diagnostics:sitting",
    "diagnostics:sitting_answer",
    "diagnostics:sitting_hand_in",
    "diagnostics:sitting_pause",
    "diagnostics:sitting_picture",
    "diagnostics:sitting_resume",
    "diagnostics:sitting_save",
    "diagnostics:sitting_start",
    "diagnostics:work_consent",
    "diagnostics:work_decline",
    "diagnostics:work_withdraw",
    "planning:audit_sign",
    "people:address_change",
    "people:address_confirm",
    "people:erasure_request",
    "people:my_data_export",
    "people:password_give",
    "people:passwords_give",
    "people:role_assign",
    "people:role_end",
    "people:staff_import_check",
    "organisations:regulation_approve",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}
#: Words in the name of a page that speak of such an act; a page with one of them that is not closed is named here.
TELLING = ("vote", "judge", "journal", "reflection", "_sign", "consent", "withdraw", "agree", "sitting", "hypothesis")
ORDINARY = {
    "events:announcement_withdraw",  # an announcement of somebody else's event is taken back by who made it
    "consultations:hour_withdraw",  # what was written down by mistake stays readable
    "consultations:request_withdraw",  # a question is taken back by who asked it
    "routes:need_withdraw",  # a request for a tutor is taken back
    "routes:route_withdraw",  # a version is taken back by who proposed it
}


def _patterns(resolver: Any, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern
        else:
            yield from _patterns(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def test_what_is_closed_is_what_the_table_says() -> None:
    closed = {name for name, one in _patterns(get_resolver()) if getattr(one.callback, "own_hand", False)}
    assert closed == SENSITIVE


def test_no_page_with_a_telling_name_is_forgotten() -> None:
    telling = {name for name, _one in _patterns(get_resolver()) if any(word in name for word in TELLING)}
    assert telling - SENSITIVE == ORDINARY


@pytest.mark.parametrize("name", sorted(name for name in SENSITIVE if ":" in name))
def test_a_held_person_is_refused_with_the_reason(world: World, name: str) -> None:
    """Before the object is looked for: any number will do."""
    pattern = next(one for found, one in _patterns(get_resolver()) if found == name)
    roles = sorted(getattr(pattern.callback, "guarded_roles", ()) or {Role.TEACHER})
    centre = None if roles[0] == Role.ADMINISTRATOR else world.own
    account = make_member(centre, roles[0])
    Account.objects.filter(pk=account.pk).update(held_until=timezone.now() + timedelta(days=1))
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    method = next(one.method for key, (_room, one) in ENTRIES.items() if key.split()[0] == name)
    values = {part: _value(converter) for part, converter in pattern.pattern.converters.items()}
    answer = getattr(client, method.lower())(reverse(name, kwargs=values))
    assert answer.status_code == 403
    assert "not_own_hand" in answer.content.decode()


def _value(converter: Any) -> Any:
    kind = type(converter).__name__
    return {"IntConverter": 1, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}.get(kind, "word")


@pytest.fixture
def teacher(world: World) -> Account:
    """Has signed in with a password of their own before."""
    account = world.accounts["teacher"]
    account.set_password(PASSWORD)
    account.last_login = timezone.now() - timedelta(days=9)
    account.save()
    return account


def taken_over(as_: Any, account: Account, by: str = "coordinator") -> Client:
    """The coordinator gives a password and signs in with it, making a password of «the teacher's own»."""
    given = as_(by).post(f"/people/{account.person_id}/password/").context["password"]
    client = Client()
    assert client.post("/account/login/", {"login": account.username, "password": given}).status_code == 302
    assert client.get("/people/me/")["Location"] == "/account/password/change/"
    own = {"oldpassword": given, "password1": OWN, "password2": OWN}
    assert client.post("/account/password/change/", own)["Location"] == "/"
    return client


def is_open(client: Client) -> bool:
    return client.get(reverse("diagnostics:hypothesis_list")).status_code == 200


def test_a_taken_over_account_opens_ordinary_work_only(teacher: Account, as_: Any) -> None:
    client = taken_over(as_, teacher)
    assert [client.get(page).status_code for page in ("/", "/people/me/", "/support/mine/")] == [200, 200, 200]
    assert not is_open(client)
    assert client.get("/people/me/export/").status_code == 403
    assert "Новый пароль вам выдал другой человек" in client.get("/").content.decode()


def test_it_opens_after_the_days_in_which_the_person_was_told(teacher: Account, as_: Any) -> None:
    client = taken_over(as_, teacher)
    Account.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert is_open(client)


def test_the_person_is_told_by_letter_on_the_desk_and_in_my_data(teacher: Account, as_: Any) -> None:
    Account.objects.filter(pk=teacher.pk).update(email="teacher@example.org")
    client = taken_over(as_, teacher)
    send_waiting()
    assert [one.to for one in mail.outbox] == [["teacher@example.org"]]
    giver = Account.objects.get(username__isnull=False, person__roles__role="coordinator", pk=_giver(teacher))
    assert giver.get_short_name() in mail.outbox[0].body
    assert giver.get_short_name() in client.get("/people/me/password/").content.decode()
    assert "выдал другой человек" in client.get("/people/me/").content.decode()


def _giver(account: Account) -> int:
    return Account.objects.get(pk=account.pk).given_by or 0


def test_the_first_password_of_a_new_teacher_holds_nothing(world: World, as_: Any) -> None:
    account = world.accounts["teacher"]
    client = taken_over(as_, account)
    assert is_open(client)


def test_the_given_password_is_no_password_of_ones_own(teacher: Account, as_: Any) -> None:
    given = as_("coordinator").post(f"/people/{teacher.person_id}/password/").context["password"]
    client = Client()
    client.post("/account/login/", {"login": teacher.username, "password": given})
    same = {"oldpassword": given, "password1": given, "password2": given}
    assert client.post("/account/password/change/", same).status_code == 200
    teacher.refresh_from_db()
    assert teacher.password_given


@pytest.mark.database
def test_the_head_confirms_and_the_giver_can_not(teacher: Account, as_: Any) -> None:
    client = taken_over(as_, teacher)
    page = f"/people/{teacher.person_id}/password/confirm/"
    assert as_("coordinator").post(page).status_code == 403
    assert as_("foreign_coordinator").post(page).status_code == 404
    assert not is_open(client)
    assert as_("head").get(page).status_code == 200
    assert as_("head").post(page).status_code == 302
    assert is_open(client)
    assert AuditEvent.objects.filter(event="people.own_hand_confirmed").count() == 1


@pytest.mark.database
def test_the_desk_asks_those_who_can_confirm(teacher: Account, world: World, as_: Any) -> None:
    taken_over(as_, teacher)
    asked = {name for name in ("coordinator", "head", "administrator", "foreign_head", "tutor")
             if lines_for(actor_of(world.accounts[name]), kinds="people.held")}  # fmt: skip
    assert asked == {"head", "administrator"}


def test_a_helper_made_by_the_giver_does_not_confirm(teacher: Account, world: World, as_: Any) -> None:
    client = taken_over(as_, teacher)
    helper = make_member(world.own, Role.COORDINATOR, person=make_person())
    signed_in = taken_over(as_, helper)
    assert signed_in.post(f"/people/{teacher.person_id}/password/confirm/").status_code == 403
    assert not is_open(client)


@pytest.mark.database
def test_a_letter_to_an_address_confirmed_before_opens_at_once(teacher: Account, as_: Any) -> None:
    before = timezone.now() - timedelta(days=1)
    Account.objects.filter(pk=teacher.pk).update(email="teacher@example.org", email_confirmed_at=before)
    client = taken_over(as_, teacher)
    assert client.post("/people/me/password/").status_code == 302
    send_waiting()
    link = next(word for word in mail.outbox[-1].body.split() if word.startswith("http")).removeprefix(
        "http://testserver"
    )
    assert as_("coordinator").post(link).status_code == 422
    client.get(link)
    assert not is_open(client)
    client.post(link)
    assert is_open(client)


@pytest.mark.parametrize("confirmed", [None, timedelta(days=1)])
def test_an_address_that_was_not_confirmed_before_opens_nothing(teacher: Account, as_: Any, confirmed: Any) -> None:
    client = taken_over(as_, teacher)
    at = timezone.now() + confirmed if confirmed else None
    Account.objects.filter(pk=teacher.pk).update(email="coordinator@example.org", email_confirmed_at=at)
    assert client.post("/people/me/password/").status_code == 409
    assert client.get("/people/me/address/").status_code == 403


def test_a_link_to_an_address_that_the_centre_wrote_holds_like_a_given_password(teacher: Account, as_: Any) -> None:
    Account.objects.filter(pk=teacher.pk).update(email="coordinator@example.org")
    teacher.refresh_from_db()
    own_hand.own_password_made(teacher, by_letter=True)
    assert own_hand.is_held(teacher)
    Account.objects.filter(pk=teacher.pk).update(held_until=None, email_confirmed_at=timezone.now())
    teacher.refresh_from_db()
    own_hand.own_password_made(teacher, by_letter=True)
    assert not own_hand.is_held(teacher)


def test_the_old_telephone_opens_and_a_new_one_does_not(teacher: Account, as_: Any) -> None:
    from allauth.mfa.models import Authenticator

    for shift, opened in ((timedelta(days=1), False), (timedelta(days=-1), True)):
        own_hand.hold(teacher, given_by=None)
        made = Authenticator(user=teacher, type="totp", created_at=timezone.now() + shift)
        own_hand.code_was_shown(teacher, made)
        assert own_hand.is_held(teacher) is not opened


def gone(account: Account) -> Person:
    """The person left the centre yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=account.person).update(end=yesterday)
    Employment.objects.filter(person=account.person).update(end=yesterday)
    assert account.person is not None
    return account.person


@pytest.mark.database
def test_a_former_coordinator_neither_sees_renames_nor_gives_passwords(world: World, as_: Any) -> None:
    person = gone(world.accounts["teacher"])
    client = as_("coordinator")
    card = f"/people/{person.pk}/"
    assert client.get(card).status_code == 404
    posts = ("edit/", "password/", "roles/new/", "work/new/", "erasure/answered/")
    assert [client.post(card + page).status_code for page in posts] == [404] * 5
    assert person.pk not in {one.pk for one in client.get("/people/").context["page"].object_list}


@pytest.mark.database
def test_work_that_is_over_is_opened_again_only_while_the_person_is_nowhere_else(world: World, as_: Any) -> None:
    person = gone(world.accounts["teacher"])
    work = person.employments.get()
    assert as_("coordinator").get(f"/people/work/{work.pk}/").status_code == 200
    RoleAssignment.objects.create(
        person=person, role=Role.TUTOR, centre=world.foreign, start=timezone.localdate()
    )  # fmt: skip
    assert as_("coordinator").get(f"/people/work/{work.pk}/").status_code == 404
