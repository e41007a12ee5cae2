"""Each thing is told once, at the reader's hour, and only while it is so."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tests.letters import deliver, noon
from tests.messaging.conftest import CHANGES, NEWS, post
from tests.world import World
from traektoria.config.mail import NOWHERE
from traektoria.core.joined_rows import Joined
from traektoria.messaging import wording
from traektoria.messaging.actions import set_wishes
from traektoria.messaging.channels import Fate, Mail, Outcome, Parcel
from traektoria.messaging.enums import Rhythm, State, UnsentReason
from traektoria.messaging.models import Digest, Message, Preference, QuietHours
from traektoria.messaging.outbox import Post, post_change, post_many
from traektoria.messaging.queries import goes_out, unread_count
from traektoria.messaging.quiet_hours import QUIET_HOURS
from traektoria.people.actor import actor_of
from traektoria.people.models import Account, RoleAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("news")]


def me(account: Account) -> int:
    assert account.person_id
    return account.person_id


def wish(account: Account, rhythm: Rhythm, kind: str = NEWS) -> None:
    set_wishes(by=actor_of(account), rhythms={kind: rhythm}, quiet=QUIET_HOURS)


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


def test_a_message_that_is_swept_while_its_fact_changes_is_written_anew(
    tutor: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the insert, which met it, and the lock."""
    post_change(CHANGES, to=me(tutor), fact="hour 1", word="10:00")
    find = Joined.find

    def swept(standing: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("lock"):
            Message.objects.all().delete()
        return find(standing, *args, **kwargs)

    monkeypatch.setattr(Joined, "find", swept)
    post_change(CHANGES, to=me(tutor), fact="hour 1", word="11:00")
    assert [row.facts["word"] for row in Message.objects.all()] == ["11:00"]


def test_a_right_that_was_lost_between_writing_and_sending_sends_nothing(tutor: Account) -> None:
    post(NEWS, to=me(tutor), fact="1", word="тайна")
    RoleAssignment.objects.filter(person=me(tutor)).update(end=timezone.localdate() - timedelta(days=1))
    assert deliver() == (0, 0)
    assert fates() == [(State.CANCELLED, UnsentReason.NO_RIGHT)]
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("change", "fate"),
    [
        ({"is_active": False}, (State.CANCELLED, UnsentReason.LEFT)),
        ({"email": ""}, (State.SILENT, UnsentReason.NO_ADDRESS)),
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
    assert fates() == [(State.SILENT, UnsentReason.NO_MAIL)]
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


class _DownAtFirst(Mail):
    """A mail server that is there for the second letter."""

    tried = 0

    def deliver(self, parcel: Parcel) -> Fate:
        self.tried += 1
        return Fate(Outcome.LATER, UnsentReason.SERVER_DOWN) if self.tried == 1 else super().deliver(parcel)


def test_a_digest_that_could_not_go_is_one_letter_still(tutor: Account) -> None:
    wish(tutor, Rhythm.DAY)
    for number in ("1", "2"):
        post(NEWS, to=me(tutor), fact=number, word=number)
    deliver()
    Message.objects.filter(fact="1").update(tries=6)
    channel = _DownAtFirst()
    assert deliver(noon(2), channel) == (0, 1)
    assert deliver(noon(2) + timedelta(minutes=2), channel) == (1, 0)
    assert [f"• Новое: {number}." in mail.outbox[0].body for number in "12"] == [True] * 2


def test_a_change_of_what_was_read_before_its_letter_is_unread_again(tutor: Account) -> None:
    post_change(CHANGES, to=me(tutor), fact="hour 1", word="10:00")
    Message.objects.update(read_at=timezone.now())
    post_change(CHANGES, to=me(tutor), fact="hour 1", word="11:00")
    assert unread_count(me(tutor)) == 1


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
    assert fates() == [(State.CANCELLED, UnsentReason.NO_RIGHT)]


def test_a_wish_counts_for_what_waits_already(tutor: Account) -> None:
    wish(tutor, Rhythm.DAY)
    post(NEWS, to=me(tutor), fact="1", word="раз")
    deliver()
    wish(tutor, Rhythm.NEVER)
    assert deliver(noon(2)) == (0, 0)
    assert fates() == [(State.SILENT, UnsentReason.SWITCHED_OFF)]
    assert unread_count(me(tutor)) == 1, "under the bell it stands all the same"
    Preference.objects.all().delete()
    post(NEWS, to=me(tutor), fact="2", word="два")
    assert deliver(noon(2)) == (1, 0)


def test_a_fault_of_one_room_holds_up_no_other(tutor: Account) -> None:
    post(CHANGES, to=me(tutor), fact="1", word="fault")
    post(NEWS, to=me(tutor), fact="1", word="раз")
    assert deliver() == (1, 1)
    assert fates() == [(State.WAITING, UnsentReason.PROGRAM), (State.SENT, "")]
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


class _WithAChange(Mail):
    """While a letter goes, what it tells of changes: before the claim, or after it."""

    def __init__(self, account: Account, moment: str) -> None:
        super().__init__()
        self.account, self.moment = account, moment

    def _change(self, moment: str) -> None:
        if self.moment == moment:
            self.moment = ""
            post_change(CHANGES, to=me(self.account), fact="hour 1", word="новый")

    def open(self) -> None:
        self._change("before the claim")
        super().open()

    def deliver(self, parcel: Parcel) -> Fate:
        self._change("after the claim")
        return super().deliver(parcel)


@pytest.mark.parametrize("moment", ["before the claim", "after the claim"])
def test_what_changes_while_its_letter_goes_is_told_in_the_end(tutor: Account, moment: str) -> None:
    post_change(CHANGES, to=me(tutor), fact="hour 1", word="прежний")
    deliver(noon(), _WithAChange(tutor, moment))
    deliver(noon() + timedelta(minutes=2))
    assert mail.outbox[-1].subject == "О деле: новый"
    assert fates() == [(State.SENT, "")]
    keys = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert len(set(keys)) == len(keys), "a mail program would show the second as the first"


def test_a_change_that_failed_to_go_is_tried_with_the_newest_facts(tutor: Account) -> None:
    post_change(CHANGES, to=me(tutor), fact="hour 1", word="fault")
    assert deliver() == (0, 1)
    post_change(CHANGES, to=me(tutor), fact="hour 1", word="новый")
    assert deliver(noon() + timedelta(minutes=2)) == (1, 0)


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.DAY])
def test_one_letter_that_cant_be_written_stops_no_other(
    tutor: Account, world: World, rhythm: Rhythm, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = world.accounts["teacher"]
    for account in (tutor, other):
        wish(account, rhythm)
    other.email = "other@example.org"
    other.save()
    real = wording.Letter.parcel

    def parcel(letter: wording.Letter, key: str, to: str) -> Parcel:
        if to == tutor.email:
            raise KeyError(key)
        return real(letter, key, to)

    monkeypatch.setattr(wording.Letter, "parcel", parcel)
    for number, account in enumerate((tutor, other)):
        post(NEWS, to=me(account), fact=str(number), word="раз")
    deliver()
    deliver(noon(2))
    assert [one.to for one in mail.outbox] == [["other@example.org"]]
    assert fates() == [(State.WAITING, UnsentReason.PROGRAM), (State.SENT, "")]
    page = as_("administrator").get("/background/letters/").content.decode()
    assert "ошибка программы" in page
    assert "Почтовый сервер не принимает письма" not in page, "it is not the server's fault"


def test_in_a_digest_only_the_faulty_line_waits(tutor: Account) -> None:
    wish(tutor, Rhythm.DAY)
    for word in ("раз", "fault", "два"):
        post(NEWS, to=me(tutor), fact=word, word=word)
    deliver()
    assert deliver(noon(2)) == (1, 1)
    assert [word in mail.outbox[0].body for word in ("раз", "два")] == [True, True]
    assert fates() == [(State.SENT, ""), (State.WAITING, UnsentReason.PROGRAM), (State.SENT, "")]


def test_a_letter_that_cant_be_written_is_tried_at_growing_pauses(tutor: Account) -> None:
    post(NEWS, to=me(tutor), fact="1", word="fault")
    runs = [deliver(noon() + timedelta(minutes=minute)) for minute in range(60)]
    assert sum(failed for _sent, failed in runs) == 6, "after 1, 2, 4 … minutes, not each minute"
