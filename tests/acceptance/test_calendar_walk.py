"""Whatever is done, and in whatever order, the calendar says what the rooms say: every source of ``core.engagements``
is walked through – made, moved, changed, cancelled, restored – and after each act nothing differs from what would be
written anew. What is new in the rooms and is not walked here fails the test."""

import random
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.consultations.absence_factories import away, decision
from tests.consultations.booking_factories import booked, slots
from tests.consultations.hour_factories import given, recorded
from tests.consultations.slot_factories import help_hour, monday, point
from tests.events.enrolment_factories import registered
from tests.events.event_factories import announced, facts, rules
from tests.planning.audits.audit_factories import KIND, with_audits
from tests.planning.plan_factories import draft, open_lessons
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.thoroughness import rounds
from tests.tutors.commission_factories import make_commission
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.absences.actions.absences import decide, end_absence, record_absence
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.bookings.actions import booking, cancelling, moving, offering, outcomes
from traektoria.consultations.hours.actions.giving import correct_hour, mark_of, withdraw_hour
from traektoria.consultations.models import Booking, ConsultationHour, HelpDate, Slot, TutorAbsence
from traektoria.consultations.slots.actions import changing
from traektoria.consultations.slots.actions.substituting import substitute_tutor
from traektoria.core.engagements import engagement_sources
from traektoria.core.errors import DomainError
from traektoria.core.models import Engagement, EngagementState
from traektoria.core.school_year import this_year
from traektoria.engines.intervals import Interval
from traektoria.events.enrolment.actions.enrolling import leave
from traektoria.events.event.actions import dating, steps
from traektoria.events.event.actions import writing as writing_events
from traektoria.events.event.enums import Scope
from traektoria.events.models import Enrolment, EventDate
from traektoria.people import addressees
from traektoria.planning.audits.actions.planning import Planned, cancel_audit, plan_audit
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.models import Audit, ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.actions import approving, writing
from traektoria.tutors.commission.actions import sessions
from traektoria.tutors.models import Commission, Session

pytestmark = [pytest.mark.database, pytest.mark.django_db]
Act = Callable[[], Any]
ZONES = ("Europe/Moscow", "Asia/Yekaterinburg", "Europe/Volgograd")
WHY = "Карантин"


class Walk:
    """A world of everything that takes time, and what anybody could do next in it."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.luck = world, random.Random(seed)
        self.by, self.tutor = actor(world, "coordinator"), actor(world, "tutor")
        self.tutors = [person(world, name).pk for name in ("tutor", "other_tutor")]
        self.commission = make_commission(world.own)[0]
        rules(world)
        with_audits(world.own)
        self.place = point(world, "tutor", "other_tutor")
        help_hour(world, "tutor", "other_tutor", way="in_person", point=self.place, room=self.place.rooms.get())
        slots(world, "other_tutor", start=time(17), end=time(18, 30))
        draft(world, open_lessons(people=(self.tutors[0],), phrase=self.day()), year=this_year())

    def day(self) -> str:
        """As a plan says it."""
        return f"{self.ahead():%d.%m.%Y}"

    def ahead(self) -> date:
        return monday(self.luck.randint(1, 4)) + timedelta(days=self.luck.randint(0, 6))

    def one(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.luck.choice(found) if found else None

    def acts(self) -> Iterator[Act]:
        taught = (self.hours, self.dates, self.bookings, self.absences, self.events)
        for part in (*taught, self.sessions, self.audits, self.plans, self.places):
            yield from part()

    def hours(self) -> Iterator[Act]:
        teachers = self.luck.sample(["teacher", "other_teacher"], self.luck.randint(1, 2))
        ago = self.luck.randint(60, 5_000)
        yield lambda: recorded(self.world, *teachers, ago=ago)
        if (hour := self.one(ConsultationHour.objects)) is not None:
            there = [person(self.world, name).pk for name in teachers]
            yield lambda: correct_hour(
                hour=hour, given=given(ago=ago), teachers=there, by=self.tutor, seen=mark_of(hour)
            )
            yield lambda: withdraw_hour(hour=hour, reason=WHY, by=self.tutor)

    def dates(self) -> Iterator[Act]:
        one = self.one(HelpDate.objects.select_related("hour"))
        if one is None:
            return
        first, other = self.luck.sample(self.tutors, 2)
        start = one.start + timedelta(days=self.luck.randint(-1, 2), minutes=self.luck.choice([0, 30]))
        yield lambda: changing.drop_date(date=one, reason=WHY, by=self.by)
        yield lambda: changing.restore_date(date=one, by=self.by)
        yield lambda: changing.move_date(date=one, start=start, reason=WHY, by=self.by)
        yield lambda: changing.leave_date(one, first, WHY, self.by, timezone.now())
        yield lambda: substitute_tutor(date=one, tutor_id=first, other_id=other, reason=WHY, by=self.by)
        if self.luck.random() < 0.1:
            yield lambda: changing.end_hour(hour=one.hour, after=one.hour.first_day, reason=WHY, by=self.by)

    def bookings(self) -> Iterator[Act]:
        if (slot := self.one(Slot.objects.filter(start__gt=timezone.now()))) is not None:
            name = self.luck.choice(["teacher", "other_teacher"])
            yield lambda: booked(self.world, slot, name)
        if (row := self.one(Booking.objects)) is None:
            return
        said = self.luck.choice(["came", "missed"])
        yield lambda: cancelling.cancel_booking(booking=row, by=self.by, reason=WHY)
        yield lambda: moving.move_booking(booking=row, slot=slot, by=self.by, reason=WHY)
        yield lambda: outcomes.say_who_came(booking=row, what=said, by=self.by, now=row.slot.end + timedelta(minutes=1))
        yield lambda: booking.confirm_booking(booking=row, by=self.by)
        yield lambda: booking.refuse_booking(booking=row, reason=WHY, by=self.by)
        yield lambda: offering.lapse_offers()

    def absences(self) -> Iterator[Act]:
        tutor, first = self.luck.choice(self.tutors), self.ahead()
        yield lambda: record_absence(centre=self.world.own, tutor_id=tutor, away=away(first, 5), by=self.by)
        if (row := self.one(TutorAbsence.objects)) is None:
            return
        last = row.start + timedelta(days=self.luck.randint(-1, 4))
        yield lambda: end_absence(absence=row, last_day=last, by=self.by)
        dates = HelpDate.objects.filter(receives__tutor=row.tutor_id, receives__live=True)
        if (one := self.one(dates)) is not None:
            step = self.luck.choice([Step.DROP, Step.TAKE_OUT, Step.MOVE, Step.SUBSTITUTE])
            other = next(pk for pk in self.tutors if pk != row.tutor_id)
            start = one.start + timedelta(days=7) if step == Step.MOVE else None
            said = decision(one, step, other=other if step == Step.SUBSTITUTE else 0, start=start)
            yield lambda: decide(absence=row, decisions=[said], by=self.by)

    def events(self) -> Iterator[Act]:
        days, whom = [self.ahead(), self.ahead()], self.luck.sample(["tutor", "other_tutor"], self.luck.randint(1, 2))
        yield lambda: announced(self.world, *whom, days=sorted(set(days)))
        if (one := self.one(EventDate.objects.select_related("event"))) is not None:
            to = Interval(one.start + timedelta(days=1), one.end + timedelta(days=1, minutes=15))
            scope, name = self.luck.choice(list(Scope)), self.luck.choice(["teacher", "other_teacher"])
            yield lambda: registered(self.world, one.event, name)
            yield lambda: dating.move_dates(date=one, to=to, reason=WHY, by=self.by, scope=scope)
            yield lambda: dating.drop_date(date=one, reason=WHY, by=self.by)
            yield lambda: writing_events.edit_event(event=one.event, facts=facts(self.world, *whom), by=self.by)
            if (place := self.one(Enrolment.objects)) is not None:
                yield lambda: leave(row=place, by=self.by)
            yield lambda: steps.cancel_event(event=one.event, reason=WHY, by=self.by)

    def sessions(self) -> Iterator[Act]:
        held = timezone.now() + timedelta(days=self.luck.randint(0, 20))
        yield lambda: sessions.plan_session(commission=self.commission, held_at=held, place="каб. 5", by=self.by)
        if (one := self.one(Session.objects)) is not None:
            chair = Commission.objects.get().members.get(post="chair").person.account
            ticks = {row.member_id: (self.luck.random() < 0.7, "") for row in one.attendance.all()}
            self.world.accounts["chair"] = chair
            yield lambda: sessions.change_session(session=one, held_at=held, place="зал", secret=False, by=self.by)
            yield lambda: sessions.set_attendance(session=one, ticks=ticks, by=actor(self.world, "chair"))
            yield lambda: sessions.cancel_session(session=one, reason=WHY, by=self.by)

    def audits(self) -> Iterator[Act]:
        planned = Planned(KIND, self.ahead(), self.luck.sample(self.tutors, self.luck.randint(1, 2)))
        yield lambda: plan_audit(centre=self.world.own, school=self.world.school, planned=planned, by=self.by)
        if (one := self.one(Audit.objects)) is not None:
            yield lambda: cancel_audit(audit=one, reason=WHY, by=self.by)

    def plans(self) -> Iterator[Act]:
        plan = WorkPlan.objects.order_by("-pk")[0]
        whom = tuple(self.luck.sample(self.tutors, self.luck.randint(0, 2)))
        line = open_lessons(people=whom, phrase=self.day())
        act = {"act": "приказ", "number": "3", "day": timezone.localdate()}
        yield lambda: approving.approve_plan(plan=plan, by=self.by, **act)
        yield lambda: writing.add_items(plan=plan, rows=[line], by=self.by, reason=WHY)
        if (item := self.one(PlanItem.objects.filter(plan=plan))) is not None:
            yield lambda: writing.change_item(item=item, given=line, by=self.by, reason=WHY)
            yield lambda: writing.remove_item(item=item, by=self.by, reason=WHY)
        if (row := self.one(ItemOccurrence.objects.select_related("item__plan"))) is not None:
            day = self.ahead()
            yield lambda: doing.move_occurrence(occurrence=row, day=day, reason=WHY, by=self.by)
            yield lambda: doing.cancel_occurrence(occurrence=row, reason=WHY, by=self.by)
            yield lambda: doing.restore_occurrence(occurrence=row, by=self.by)

    def places(self) -> Iterator[Act]:
        """What the rows say of places follows them."""
        municipality, zone = self.world.own.municipality, self.luck.choice(ZONES)
        yield lambda: _set(municipality, time_zone=zone)
        yield lambda: _set(self.place, name=f"Пункт {self.luck.randint(1, 9)}")
        yield lambda: _set(self.place.rooms.get(), name=f"каб. {self.luck.randint(1, 9)}")


def _set(row: Any, **fields: Any) -> None:
    row.refresh_from_db()
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


SEEDS = rounds(2, 6) if connection.vendor == "sqlite" else rounds(1, 6)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_any_order_of_acts_the_calendar_says_what_the_rooms_say(world: World, seed: int) -> None:
    walk = Walk(world, seed)
    assert what_differs() == []
    done, numbers = 0, dict[int, int]()
    for _step in range(60):
        act = walk.luck.choice(list(walk.acts()))
        try:
            with transaction.atomic():
                act()
        except DomainError:
            continue
        done += 1
        assert what_differs() == [], (seed, done, act.__code__.co_names)
        now = dict(Engagement.objects.values_list("pk", "sequence"))
        assert all(now[pk] >= number for pk, number in numbers.items()), "a number fell"
        numbers = now
    assert done > 20


def test_every_source_is_walked(world: World) -> None:
    """Each kind was written, changed and cancelled by some act of some walk."""
    walk, written, changed, cancelled = Walk(world, 99), set[str](), set[str](), set[str]()
    kinds = {kind.slug for source in engagement_sources for kind in source.kinds}
    for _step in range(25):
        if written == changed == cancelled == kinds:
            break
        for act in walk.acts():
            try:
                with transaction.atomic():
                    act()
            except DomainError:
                continue
        rows = Engagement.objects.all()
        written |= set(rows.values_list("kind", flat=True))
        changed |= set(rows.filter(sequence__gt=0).values_list("kind", flat=True))
        cancelled |= set(rows.filter(state=EngagementState.CANCELLED).values_list("kind", flat=True))
    assert what_differs() == []
    assert (kinds - written, kinds - changed, kinds - cancelled) == (set(), set(), set())
    assert addressees.person(walk.tutors[0]) in set(Engagement.objects.values_list("addressee", flat=True))
