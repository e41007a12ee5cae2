"""Each thing is told once, at the reader's hour, and only while it is so."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tests.letters import deliver, noon
from tests.messaging.conftest import CHANGES, NEWS, post
from traektoria.config.mail import NOWHERE
from traektoria.messaging.actions import set_wishes
from traektoria.messaging.channels import Fate, Mail, Parcel
from traektoria.messaging.enums import Reason, Rhythm, State
from traektoria.messaging.models import Digest, Message, Preference, QuietHours
from traektoria.messaging.posting import Post, post_change, post_many
from traektoria.messaging.queries import goes_out, unread_count
from traektoria.messaging.timing import QUIET
from traektoria.people.actor import actor_of
from traektoria.people.models import Account, RoleAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("news")]


def me(account: Account) -> int:
    assert account.person_id
    return account.person_id


def wish(account: Account, rhythm: Rhythm, kind: str = NEWS) -> None:
    set_wishes(by=actor_of(account), rhythms={kind: rhythm}, quiet=QUIET)


def fates() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("state", "reason"))


def test_the_same_fact_is_told_once(tutor: Account) -> None:
    for _press in range(3):
        post(NEWS, to=me(tutor), fact="1", word="раз")
    post_many(NEWS, [Post(me(tutor), "1"), Post(me(tutor), "2", {"word": "два"})], about="act")
    assert deliver() == (2, 0)
    assert deliver(noon(2)) == (0, 0)
    assert [one.subject for one in mail.outbox] == ["О деле: раз", "О деле: два"]


def test_pressed_again_it_says_how_far_the_letters_are(tutor: Account) -> None:
    post_many(NEWS, [Post(me(tutor), "1", {"word": "раз"})], about="campaign:1")
    assert goes_out("campaign:1")
    deliver()
    assert not goes_out("campaign:1")


def test_changes_within_ten_minutes_are_one_letter(tutor: Account) -> None:
    for word in ("10:00", "11:00", "12:00"):
        post_change(CHANGES, to=me(tutor), fact="hour 1", word=word)
    assert deliver(timezone.now() + timedelta(minutes=9)) == (0, 0)
    assert deliver() == (1, 0)
    assert [one.subject for one in mail.outbox] == ["О деле: 12:00"]
    Message.objects.update(read_at=timezone.now())
    post_change(CHANGES, to=me(tutor), fact="hour 1", word="13:00")
    assert unread_count(me(tutor)) == 1, "a change after the letter is news again, in the same row"
    assert Message.objects.count() == 1
    assert deliver(noon(2)) == (1, 0)
    assert mail.outbox[-1].subject == "О деле: 13:00"


def test_a_right_that_was_lost_between_writing_and_sending_sends_nothing(tutor: Account) -> None:
    post(NEWS, to=me(tutor), fact="1", word="тайна")
    RoleAssignment.objects.filter(person=me(tutor)).update(end=timezone.localdate() - timedelta(days=1))
    assert deliver() == (0, 0)
    assert fates() == [(State.CANCELLED, Reason.NO_RIGHT)]
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("change", "fate"),
    [
        ({"is_active": False}, (State.CANCELLED, Reason.LEFT)),
        ({"email": ""}, (State.SILENT, Reason.NO_ADDRESS)),
    ],
)
def test_who_has_no_account_or_no_address_gets_no_letter(
    tutor: Account, change: dict[str, Any], fate: tuple[str, str]
) -> None:
    post(NEWS, to=me(tutor), fact="1")
    Account.objects.filter(pk=tutor.pk).update(**change)
    assert deliver() == (0, 0)
    assert fates() == [fate]


def test_where_mail_is_not_set_up_the_bell_rings_alone(tutor: Account, settings: Any) -> None:
    settings.EMAIL_BACKEND = NOWHERE
    post(NEWS, to=me(tutor), fact="1")
    assert fates() == [(State.SILENT, Reason.NO_MAIL)]
    assert unread_count(me(tutor)) == 1


def test_at_night_a_letter_waits_till_morning(tutor: Account) -> None:
    zone = actor_of(tutor).zone
    night = datetime.combine(noon().astimezone(zone).date(), time(23), zone)
    post(NEWS, to=me(tutor), fact="1")
    assert deliver(night) == (0, 0)
    assert Message.objects.get().due_at == datetime.combine(night.date() + timedelta(days=1), time(8), zone)
    QuietHours.objects.create(person_id=me(tutor), begins=time(0), ends=time(0))
    Message.objects.update(due_at=night)
    assert deliver(night) == (1, 0), "who is never quiet gets it at once"


def test_a_digest_is_one_letter_a_day_however_often_it_is_made(tutor: Account) -> None:
    wish(tutor, Rhythm.DAY)
    for number in ("1", "2", "3"):
        post(NEWS, to=me(tutor), fact=number, word=number)
    assert deliver() == (0, 0), "laid by until the morning"
    assert deliver(noon(2)) == (1, 0)
    (letter,) = mail.outbox
    assert [f"• Новое: {number}." in letter.body for number in "123"] == [True] * 3
    assert deliver(noon(2)) == (0, 0)
    Message.objects.update(state=State.WAITING)
    assert deliver(noon(2)) == (0, 0), "what came late goes with the next one"
    assert deliver(noon(3)) == (1, 0)
    assert Digest.objects.filter(sent_at__isnull=False).count() == 2


def test_a_digest_of_the_week_comes_on_monday(tutor: Account) -> None:
    wish(tutor, Rhythm.WEEK)
    post(NEWS, to=me(tutor), fact="1", word="раз")
    deliver()
    row = Message.objects.get()
    assert row.batch.startswith("week:")
    assert row.due_at.astimezone(actor_of(tutor).zone).weekday() == 0
    assert deliver(row.due_at) == (1, 0)


def test_a_digest_leaves_out_what_is_not_so_any_more(tutor: Account) -> None:
    wish(tutor, Rhythm.DAY)
    post(NEWS, to=me(tutor), fact="1", word="раз")
    deliver()
    RoleAssignment.objects.filter(person=me(tutor)).update(end=timezone.localdate() - timedelta(days=1))
    assert deliver(noon(2)) == (0, 0)
    assert fates() == [(State.CANCELLED, Reason.NO_RIGHT)]


def test_a_wish_counts_for_what_waits_already(tutor: Account) -> None:
    wish(tutor, Rhythm.DAY)
    post(NEWS, to=me(tutor), fact="1", word="раз")
    deliver()
    wish(tutor, Rhythm.NEVER)
    assert deliver(noon(2)) == (0, 0)
    assert fates() == [(State.SILENT, Reason.SWITCHED_OFF)]
    assert unread_count(me(tutor)) == 1, "under the bell it stands all the same"
    Preference.objects.all().delete()
    post(NEWS, to=me(tutor), fact="2", word="два")
    assert deliver(noon(2)) == (1, 0)


def test_a_fault_of_one_room_holds_up_no_other(tutor: Account) -> None:
    post(CHANGES, to=me(tutor), fact="1", word="fault")
    post(NEWS, to=me(tutor), fact="1", word="раз")
    assert deliver() == (1, 1)
    assert fates() == [(State.WAITING, Reason.PROGRAM), (State.SENT, "")]
    assert deliver(noon() + timedelta(seconds=30)) == (0, 0), "not at once again"


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.DAY])
def test_of_two_at_once_one_sends(tutor: Account, rhythm: Rhythm) -> None:
    wish(tutor, rhythm)
    for fact in ("1", "2"):
        post(NEWS, to=me(tutor), fact=fact, word=fact)
    if rhythm == Rhythm.DAY:
        deliver()
    letters = 1 if rhythm == Rhythm.DAY else 2
    taken: list[Parcel] = []

    class Other(Mail):
        def deliver(self, parcel: Parcel) -> Fate:
            taken.append(parcel)
            if len(taken) == 1:
                deliver(noon(2), Other())
            return super().deliver(parcel)

    deliver(noon(2), Other())
    assert len(taken) == len({parcel.key for parcel in taken}) == letters
    assert len(mail.outbox) == letters


def test_what_was_told_long_ago_is_forgotten(tutor: Account) -> None:
    post(NEWS, to=me(tutor), fact="1", word="раз")
    deliver()
    deliver(noon(170))
    assert Message.objects.count() == 1
    deliver(noon(190))
    assert not Message.objects.exists()
