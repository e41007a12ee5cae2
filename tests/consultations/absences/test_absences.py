"""A tutor is away: what is proposed, what is done in one act, who is told, who may; a substitute is never absent."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.consultations.absence_factories import absence, away, decision
from tests.consultations.slot_factories import first_date, help_hour, monday
from tests.errands import everything_is_long
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import lines_for
from tests.world import World
from traektoria.consultations.absences.actions.absences import decide, end_absence, record_absence
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.absences.queries.absences import touched
from traektoria.consultations.absences.queries.alternatives import to_decide
from traektoria.consultations.models import AbsenceStep, HelpDate, HelpDateChange, HelpHour, Slot, TutorAbsence
from traektoria.consultations.slots.actions.substituting import substitute_tutor
from traektoria.consultations.slots.policies import is_received
from traektoria.core.errors import Conflict, DomainError, Invalid, Refused
from traektoria.core.models import AuditEvent, Errand
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.people.enums import Role
from traektoria.tutors.models import TutorProfile

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _profile(world: World, who: str, *subjects: str) -> None:
    facts = {"hours_a_month": 20, "teachers_at_once": 5, "subjects": list(subjects)}
    TutorProfile.objects.create(person=person(world, who), centre=world.own, **facts)


def _told(world: World, kind: str, who: str) -> list[Told | Withheld]:
    """What the person's messages of the kind say now."""
    by, known = actor(world, who), kinds.get(kind)
    assert known is not None
    reader = Reader(by.person_id, "", by.zone, by.addresses, by)
    return list(known.tell(list(Message.objects.filter(kind=kind, person_id=by.person_id)), reader))


def _dates(hour: HelpHour) -> list[HelpDate]:
    return list(hour.dates.filter(state="standing").order_by("start"))


def _decide(world: World, row: TutorAbsence, *decisions: Any, by: str = "coordinator") -> list[AbsenceStep]:
    return decide(absence=row, decisions=decisions, by=actor(world, by))


def _substitute(world: World, date: HelpDate, other: str = "other_tutor") -> HelpDate:
    return substitute_tutor(
        date=date, tutor_id=person(world, "tutor").pk, other_id=person(world, other).pk, reason="Болен",
        by=actor(world, "coordinator"),
    )  # fmt: skip


def test_the_dates_of_the_days_are_touched_and_a_colleague_of_the_subject_is_proposed(world: World) -> None:
    hour = help_hour(world, subjects=("math",))
    _profile(world, "other_tutor", "math")
    row = absence(world)
    assert touched(row) == _dates(hour)[:1]
    [found] = to_decide(row, timezone.now())
    assert found.proposed == f"substitute:{person(world, 'other_tutor').pk}"
    assert [choice.value.partition(":")[0] for choice in found.choices] == ["substitute", "move", "drop", "later"]


def test_without_a_colleague_of_the_subject_another_time_is_proposed(world: World) -> None:
    """The next Mondays are taken by the Hour itself; the first free one is after its last date."""
    hour = help_hour(world, subjects=("math",))
    _profile(world, "other_tutor", "russian")
    [found] = to_decide(absence(world, days=1), timezone.now())
    what, _mark, when = found.proposed.partition(":")
    assert what == "move"
    assert datetime.fromisoformat(when) == _dates(hour)[-1].start + timedelta(weeks=1)
    assert "предмет не ведёт" in "".join(choice.label for choice in found.choices)


def test_who_is_taken_or_away_is_not_proposed(world: World) -> None:
    help_hour(world)
    help_hour(world, "other_tutor")
    [found] = to_decide(absence(world), timezone.now())
    assert not any(choice.value.startswith("substitute") for choice in found.choices)


def test_one_act_does_all_and_each_is_told_once(world: World) -> None:
    dates = _dates(help_hour(world))
    row = absence(world, days=28)
    other = person(world, "other_tutor").pk
    later = dates[-1].start + timedelta(weeks=2)
    made = _decide(
        world, row, decision(dates[0], Step.SUBSTITUTE, other=other), decision(dates[1], Step.SUBSTITUTE, other=other),
        decision(dates[2], Step.MOVE, start=later), decision(dates[3], Step.DROP),
    )  # fmt: skip
    assert [one.step for one in made] == ["substitute", "substitute", "move", "drop"]
    assert [one.receives.get().tutor_id for one in _dates(dates[0].hour)[:2]] == [other, other]
    assert set(Slot.objects.filter(date=dates[0]).values_list("tutor", flat=True)) == {other}
    dates[2].refresh_from_db()
    dates[3].refresh_from_db()
    assert (dates[2].start, dates[3].state) == (later, "dropped")
    assert HelpDateChange.objects.count() == 4
    assert Message.objects.filter(kind="consultations.instead").count() == 1
    assert Message.objects.filter(kind="consultations.away").count() == 1
    assert to_decide(row, timezone.now()) == []


def test_pressed_again_nothing_is_done_twice(world: World) -> None:
    dates = _dates(help_hour(world))
    row = absence(world)
    wish = decision(dates[0], Step.SUBSTITUTE, other=person(world, "other_tutor").pk)
    _decide(world, row, wish)
    before = (HelpDateChange.objects.count(), AuditEvent.objects.count(), Message.objects.count())
    assert _decide(world, row, wish) == []
    assert absence(world).pk == row.pk
    assert (HelpDateChange.objects.count(), AuditEvent.objects.count(), Message.objects.count()) == before


def test_what_can_not_be_done_for_one_is_done_for_none(world: World) -> None:
    dates = _dates(help_hour(world))
    row = absence(world, days=28)
    taken = help_hour(world, "other_tutor", first_day=monday(2), last_day=monday(2))
    other = person(world, "other_tutor").pk
    with pytest.raises(Conflict, match=f"{timezone.localtime(first_date(taken).start):%d.%m}"):
        _decide(
            world,
            row,
            decision(dates[0], Step.SUBSTITUTE, other=other),
            decision(dates[1], Step.SUBSTITUTE, other=other),
        )
    assert AbsenceStep.objects.count() == 0
    assert dates[0].receives.get().tutor_id == person(world, "tutor").pk


def test_a_page_that_is_old_is_told(world: World) -> None:
    dates = _dates(help_hour(world))
    row = absence(world, days=28)
    old = decision(dates[0], Step.DROP)
    _substitute(world, dates[0])
    with pytest.raises(Conflict):
        _decide(world, row, old)


def test_a_date_of_several_goes_on_without_the_one(world: World) -> None:
    hour = help_hour(world, "tutor", "other_tutor")
    [date, *_rest] = _dates(hour)
    row = absence(world)
    with pytest.raises(Conflict):
        _decide(world, row, decision(date, Step.DROP))
    _decide(world, row, decision(date, Step.TAKE_OUT))
    states = set(Slot.objects.filter(date=date).values_list("tutor", "state"))
    assert states == {(person(world, "tutor").pk, "dropped"), (person(world, "other_tutor").pk, "open")}
    date.refresh_from_db()
    assert date.state == "standing"


def test_a_substitute_is_a_free_tutor_of_the_centre_who_is_there(world: World) -> None:
    date = first_date(help_hour(world))
    absence(world, tutor="other_tutor")
    for other in ("other_tutor", "teacher", "foreign_tutor"):
        with pytest.raises(DomainError):
            _substitute(world, date, other)
    with pytest.raises(Refused):
        substitute_tutor(
            date=date, tutor_id=person(world, "tutor").pk, other_id=person(world, "other_tutor").pk, reason="x",
            by=actor(world, "tutor"),
        )  # fmt: skip


def test_the_substitute_reads_when_and_what_is_undone_is_not_told(world: World) -> None:
    date = first_date(help_hour(world))
    row = absence(world)
    _decide(world, row, decision(date, Step.SUBSTITUTE, other=person(world, "other_tutor").pk))
    [said] = _told(world, "consultations.instead", "other_tutor")
    assert isinstance(said, Told)
    assert "15:00" in " ".join(said.sentences)
    date.receives.update(live=False)
    assert _told(world, "consultations.instead", "other_tutor") == [Withheld(UnsentReason.DONE)]


def test_why_is_read_by_the_coordinator_alone(world: World, as_: Any) -> None:
    row = absence(world, note="Больничный до пятницы", kind="illness")
    page = reverse("consultations:absence_detail", args=[row.pk])
    assert "Больничный до пятницы" in as_("coordinator").get(page).content.decode()
    assert "болезнь" in as_("coordinator").get(page).content.decode()
    own = as_("tutor").get(page).content.decode()
    assert "Больничный" not in own
    assert "болезнь" not in own
    assert as_("other_tutor").get(page).status_code == 404
    assert as_("foreign_coordinator").get(page).status_code == 404
    audit = "".join(str(one.facts) for one in AuditEvent.objects.all())
    messages = "".join(str(one.facts) for one in Message.objects.all())
    assert "illness" not in audit + messages


def test_the_coordinator_is_asked_until_all_is_decided(world: World) -> None:
    dates = _dates(help_hour(world))
    row = absence(world, by="tutor", days=14)
    [line] = [one for one in lines_for(actor(world, "coordinator")) if "отсутствует" in one.what]
    assert "2" in line.what
    _decide(world, row, decision(dates[0], Step.DROP), decision(dates[1], Step.DROP))
    assert [one for one in lines_for(actor(world, "coordinator")) if "отсутствует" in one.what] == []


def test_back_earlier_frees_the_rest(world: World) -> None:
    row = absence(world, days=14)
    end_absence(absence=row, last_day=monday() + timedelta(days=2), by=actor(world, "tutor"))
    row.refresh_from_db()
    assert (row.end, row.cancelled_at) == (monday() + timedelta(days=2), None)
    end_absence(absence=row, last_day=monday() - timedelta(days=1), by=actor(world, "coordinator"))
    row.refresh_from_db()
    assert row.cancelled_at is not None
    with pytest.raises(Invalid):
        end_absence(absence=absence(world), last_day=monday(9), by=actor(world, "coordinator"))


def test_two_absences_share_no_day_and_none_is_of_the_past(world: World) -> None:
    absence(world)
    with pytest.raises(Conflict):
        absence(world, days=3)
    with pytest.raises(Invalid):
        absence(world, first=timezone.localdate() - timedelta(days=9), days=3)
    with pytest.raises(Refused):
        record_absence(
            centre=world.own, tutor_id=person(world, "tutor").pk, away=away(), by=actor(world, "other_tutor")
        )


@pytest.mark.parametrize("weeks", [1, 3])
def test_as_many_queries_for_three_dates_as_for_one(world: World, weeks: int) -> None:
    help_hour(world)
    row = absence(world, days=7 * weeks)
    with CaptureQueriesContext(connection) as asked:
        found = to_decide(row, timezone.now())
    assert len(found) == weeks
    assert len(asked) <= 15, [one["sql"][:80] for one in asked]


def test_by_the_browser(world: World, as_: Any) -> None:
    dates = _dates(help_hour(world))
    sent = {
        "tutor": person(world, "tutor").pk, "kind": "trip", "start": monday().isoformat(), "note": "",
        "end": (monday() + timedelta(days=6)).isoformat(),
    }  # fmt: skip
    made = as_("coordinator").post(reverse("consultations:absence_new"), sent)
    row = TutorAbsence.objects.get()
    assert made["Location"] == reverse("consultations:absence_detail", args=[row.pk])
    shown = as_("coordinator").get(made["Location"]).content.decode()
    assert "1 приём" in shown.replace("\xa0", " ")
    to = reverse("consultations:absence_decide", args=[row.pk])
    data = {f"date_{dates[0].pk}": "drop", f"seen_{dates[0].pk}": "1"}
    assert as_("tutor").post(to, data).status_code == 403
    assert as_("coordinator").post(to, {**data, f"date_{dates[0].pk}": "substitute:1"}).status_code == 422
    assert as_("coordinator").post(to, data).status_code == 302
    dates[0].refresh_from_db()
    assert dates[0].state == "dropped"
    assert as_("coordinator").get(reverse("consultations:absence_list")).status_code == 200


def test_many_dates_are_decided_by_the_worker(
    world: World, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """One errand, however often it is pressed; the page it leads to shows what was decided."""
    everything_is_long("consultations.absence", monkeypatch)
    dates = _dates(help_hour(world))[:2]
    row = absence(world, days=14)
    to = reverse("consultations:absence_decide", args=[row.pk])
    sent = {name: value for one in dates for name, value in ((f"date_{one.pk}", "drop"), (f"seen_{one.pk}", "1"))}
    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(2):
            as_("coordinator").post(to, sent)
    do_what_is_due()
    errand = Errand.objects.get()
    assert (errand.state, errand.url) == ("done", reverse("consultations:absence_detail", args=[row.pk]))
    assert [one.step for one in AbsenceStep.objects.all()] == ["drop", "drop"]


def test_who_is_away_is_so_in_all_their_centres(world: World) -> None:
    """Each coordinator decides the dates of their own centre; why is read where it was said."""
    make_member(world.foreign, Role.TUTOR, person=person(world, "tutor"))
    mine, theirs = (
        help_hour(world),
        help_hour(world, centre=world.foreign, by="foreign_coordinator", start=time(18), end=time(19)),
    )
    row = absence(world, note="Операция")
    other = TutorAbsence.objects.get(centre=world.foreign)
    assert (other.start, other.end, other.kind, other.note) == (row.start, row.end, "", "")
    assert Message.objects.filter(kind="consultations.away").count() == 1
    assert [
        bool(lines_for(actor(world, who), kinds="consultations.absence"))
        for who in ("coordinator", "foreign_coordinator")
    ] == [True, True]
    with pytest.raises(Refused):
        _decide(world, other, decision(first_date(theirs), Step.DROP))
    with pytest.raises(Conflict):
        _decide(world, row, decision(first_date(theirs), Step.DROP))
    _decide(world, other, decision(first_date(theirs), Step.DROP), by="foreign_coordinator")
    assert [first_date(hour).day for hour in (mine, theirs)] == [monday(1), monday(2)]
    absence(world)
    assert TutorAbsence.objects.count() == 2
    end_absence(absence=row, last_day=row.start + timedelta(days=1), by=actor(world, "coordinator"))
    other.refresh_from_db()
    assert other.end == row.start + timedelta(days=1)


def test_of_days_that_another_centre_knows_already_only_the_rest_is_written_there(world: World) -> None:
    make_member(world.foreign, Role.TUTOR, person=person(world, "tutor"))
    tutor, by = person(world, "tutor").pk, actor(world, "foreign_coordinator")
    record_absence(centre=world.foreign, tutor_id=tutor, away=away(monday(2), days=2, kind="trip"), by=by)
    TutorAbsence.objects.filter(centre=world.own).delete()
    absence(world, first=monday(1), days=14)
    days = TutorAbsence.objects.filter(centre=world.foreign).order_by("start").values_list("start", "end", "kind")
    one, trip = timedelta(days=1), monday(2)
    assert list(days) == [
        (monday(1), trip - one, ""),
        (trip, trip + one, "trip"),
        (trip + 2 * one, monday(3) - one, ""),
    ]


def test_a_tutor_who_is_away_elsewhere_is_offered_nowhere(world: World) -> None:
    """Also to a centre whose tutor they became afterwards."""
    absence(world)
    make_member(world.foreign, Role.TUTOR, person=person(world, "tutor"))
    hour = help_hour(world, centre=world.foreign, by="foreign_coordinator")
    slot = Slot.objects.filter(date=first_date(hour)).select_related("date__hour")[0]
    assert not is_received(slot)
