"""The year itself: what people do on each day, by the acts of the rooms, and the notes that we keep of it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any, Final

from django.core.files.base import ContentFile

from traektoria.consultations.hours.actions import giving
from traektoria.consultations.models import ConsultationHour
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.demo.simulated_year import clock
from traektoria.demo.simulated_year.ledger import ItemNote, TimeNote
from traektoria.demo.simulated_year.people import Staff
from traektoria.demo.simulated_year.scenario import ONE_DAY, Scenario
from traektoria.organisations.models import School
from traektoria.people.actions import end_role
from traektoria.people.models import RoleAssignment
from traektoria.planning.audits.actions.filling import GivenVerdict, save_answers
from traektoria.planning.audits.actions.planning import Planned, plan_audit
from traektoria.planning.audits.actions.replying import ReplyText, acknowledge, reply_to_act
from traektoria.planning.audits.actions.signing import Advice, sign_audit
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.kinds import kinds_of
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.actions.doing import DeedText
from traektoria.planning.models import Audit, Deed, ItemOccurrence, PlanItem, Suggestion, WorkPlan

Act = Callable[[], None]
PDF: Final = b"%PDF-1.7\n1 0 obj\n"
FATES: Final = ("in time", "late", "moved", "cancelled", "missed")
WEIGHTS: Final = (62, 18, 8, 4, 8)
AUDITED: Final = {
    "сайт": "exam_site",
    "карточ": "self_analysis",
    "планировани": "calendar_deficits",
    "карт": "exam_cards",
}
"""Which kind of audit an item of Tbilisskaya's plan means, by its words; the first that fits."""


@dataclass
class Lived:
    """A plan with our notes. ``window``: its days."""

    plan: WorkPlan
    window: tuple[date, date]
    items: list[ItemNote] = field(default_factory=list)


class Life:
    """``agenda``: what will be done on a day, by the hour. Chance is seeded: the same year each time."""

    def __init__(self, scenario: Scenario, staff: Staff, chance: Random) -> None:
        self.scenario, self.staff, self.chance = scenario, staff, chance
        self.agenda: dict[date, list[tuple[int, int, Act]]] = defaultdict(list)
        self.today = scenario.first
        self.tutors = ["tutor1", "tutor2", "tutor3"]
        self.plans: list[Lived] = []
        self.hours: list[date] = []
        self.acts: list[tuple[str, str, date, int]] = []
        self.counts: dict[str, int] = defaultdict(int)
        self._number = 0

    # the days

    def live(self, day: date) -> None:
        """Before dawn and in the evening the worker does its tasks; in between people work."""
        self.today = day
        self._night(day, 5)
        for hour, _number, act in sorted(self.agenda.pop(day, []), key=lambda one: one[:2]):
            clock.move_to(day, hour)
            act()
        self._night(day, 21)

    def _night(self, day: date, hour: int) -> None:
        clock.move_to(day, hour)
        self.counts["tasks"] += do_what_is_due()

    def on(self, day: date, hour: int, act: Act) -> None:
        if self.today <= day <= self.scenario.last:
            self._number += 1
            self.agenda[day].append((hour, self._number, act))

    # what becomes of a plan

    def expect(self, lived: Lived, item: ItemNote, row: PlanItem) -> None:
        """Decide what will become of each of its times; of one without times, what is done when somebody asks."""
        for place, time in enumerate(item.times):
            fate = self.chance.choices(FATES, WEIGHTS)[0]
            getattr(self, f"_{fate.replace(' ', '_')}")(lived, item, time, row, place)
        if not item.times:
            self._when_asked(lived, item, row)

    def _day_in(self, first: date, last: date) -> date:
        """A working day between two, if there is one."""
        days = [first + timedelta(days=at) for at in range(max((last - first).days, 0) + 1)]
        working = [day for day in days if day.isoweekday() < 6 and day >= self.today] or days
        return self.chance.choice(working)

    def _in_time(self, lived: Lived, item: ItemNote, time: TimeNote, row: PlanItem, place: int) -> None:
        last = time.due or self.scenario.last
        self._do(item, time, row, self._day_in(max(time.start or last - timedelta(days=20), self.today), last))

    def _late(self, lived: Lived, item: ItemNote, time: TimeNote, row: PlanItem, place: int) -> None:
        last = time.due or self.scenario.last
        self._do(item, time, row, self._day_in(last + ONE_DAY, last + timedelta(days=15)))

    def _missed(self, lived: Lived, item: ItemNote, time: TimeNote, row: PlanItem, place: int) -> None:
        pass

    def _moved(self, lived: Lived, item: ItemNote, time: TimeNote, row: PlanItem, place: int) -> None:
        if time.due is None:
            return
        until = time.due + timedelta(days=self.chance.randint(7, 14))
        self.on(max(self.today, time.due - timedelta(days=3)), 9, partial(self._move, time, until))
        if self.chance.random() < 0.7:
            self._do(item, time, row, self._day_in(time.due + ONE_DAY, until))

    def _cancelled(self, lived: Lived, item: ItemNote, time: TimeNote, row: PlanItem, place: int) -> None:
        if time.due is not None:
            self.on(max(self.today, time.due - timedelta(days=2)), 9, partial(self._cancel, time))

    def _do(self, item: ItemNote, time: TimeNote, row: PlanItem, day: date) -> None:
        """By a fact of the rooms where the item waits for one, else by words with evidence."""
        kinds = row.counted.split()
        kind = self._kind_of(item.content) if "audits" in kinds else ""
        if kind:
            self.on(day - timedelta(days=2), 10, partial(self._plan_round, kind, day))
            for number, school in enumerate(self.staff.schools):
                self.on(day, 11 + number, partial(self._audit, kind, school, number, time))
        elif "hours" in kinds:
            self.on(day, 17, partial(self._hour_for, time))
        else:
            self.on(day, 15, partial(self._tell, item, time, day))

    def _kind_of(self, content: str) -> str:
        there = kinds_of(self.staff.centre.pk)
        return next((kind for word, kind in AUDITED.items() if word in content.lower() and kind in there), "")

    def _when_asked(self, lived: Lived, item: ItemNote, row: PlanItem) -> None:
        if "hours" in row.counted.split():
            return  # these are counted by themselves
        day = self.today
        while day <= min(lived.window[1], self.scenario.last):
            day += timedelta(days=self.chance.randint(20, 60))
            self.on(day, 16, partial(self._tell_of_item, item, row.pk, day))

    # the acts

    def _time(self, time: TimeNote) -> ItemOccurrence:
        return ItemOccurrence.objects.get(pk=time.pk)

    def _move(self, time: TimeNote, until: date) -> None:
        reason = "Карантин в двух школах"
        doing.move_occurrence(occurrence=self._time(time), day=until, reason=reason, by=self.staff.actor("coordinator"))
        time.moved_to = until
        self.counts["moved"] += 1

    def _cancel(self, time: TimeNote) -> None:
        reason = "По решению методического совета"
        doing.cancel_occurrence(occurrence=self._time(time), reason=reason, by=self.staff.actor("coordinator"))
        time.cancelled = True
        self.counts["cancelled"] += 1

    def _evidence(self, words: str) -> dict[str, Any]:
        """A file, a link, or a few words."""
        kind = self.chance.choice(("file", "link", "note"))
        self.counts[f"by {kind}"] += 1
        if kind == "file":
            return {"file": ContentFile(PDF + words.encode(), name="Лист присутствия.pdf")}
        return {"link": "https://example.org/otchet"} if kind == "link" else {"note": "Участвовали 14 педагогов."}

    def _tell(self, item: ItemNote, time: TimeNote, day: date) -> None:
        """One in eight is written down wrong first, and taken back the next day."""
        by, row, words = self.staff.actor("coordinator"), self._time(time), f"Проведено: {item.content[:120]}"
        if self.chance.random() < 1 / 8 and day < self.scenario.last:
            wrong = doing.tell_deed(occurrence=row, told=DeedText("Записано не туда", day), by=by)
            time.deeds.append((day, wrong.what))
            self.on(day + ONE_DAY, 10, partial(self._undo, time, wrong, item, day))
            return
        deed = doing.tell_deed(occurrence=row, told=DeedText(words, day, **self._evidence(words)), by=by)
        time.deeds.append((day, deed.what))
        self.counts["told"] += 1

    def _undo(self, time: TimeNote, wrong: Deed, item: ItemNote, day: date) -> None:
        by = self.staff.actor("coordinator")
        doing.undo_deed(deed=wrong, reason="Ошибка: другое мероприятие", by=by)
        time.deeds.remove((day, wrong.what))
        words = f"Проведено: {item.content[:120]}"
        deed = doing.tell_deed(occurrence=self._time(time), told=DeedText(words, day, **self._evidence(words)), by=by)
        time.deeds.append((day, deed.what))
        self.counts["taken back"] += 1

    def _tell_of_item(self, item: ItemNote, pk: int, day: date) -> None:
        words = f"По запросу: {item.content[:120]}"
        told = DeedText(words, day, **self._evidence(words))
        deed = doing.tell_of_item(item=PlanItem.objects.get(pk=pk), told=told, by=self.staff.actor("coordinator"))
        item.of_item.append((day, deed.what))
        self.counts["told"] += 1

    def consult(self, day: date) -> None:
        """A tutor gives an hour; one in twelve is withdrawn two days later."""
        number = len(self.hours) % 4 + 1
        self.on(day, 17, partial(self._consult, day, f"teacher{number}"))

    def _consult(self, day: date, teacher: str) -> None:
        hour = self._hour(day, teacher)
        if self.chance.random() < 1 / 12:
            self.on(day + timedelta(days=2), 10, partial(self._withdraw, hour, day))

    def _hour(self, day: date, teacher: str) -> ConsultationHour:
        tutor = self.tutors[len(self.hours) % len(self.tutors)]
        start = clock.at(day, 15) + timedelta(minutes=len([one for one in self.hours if one == day]))
        given = giving.GivenHour(
            start=start, end=start + timedelta(minutes=40), way="in_person", subject="math",
            topic="Разбор заданий второй части",
        )  # fmt: skip
        hour = giving.record_hour(
            centre=self.staff.centre, given=given, teachers=[self.staff.person(teacher).pk], by=self.staff.actor(tutor)
        )
        self.hours.append(day)
        self.counts["hours"] += 1
        return hour

    def _withdraw(self, hour: ConsultationHour, day: date) -> None:
        by = next(self.staff.actor(name) for name in self.tutors if self.staff.person(name).pk == hour.tutor_id)
        giving.withdraw_hour(hour=hour, reason="Записано дважды", by=by)
        self.hours.remove(day)
        self.counts["withdrawn"] += 1

    def _hour_for(self, time: TimeNote) -> None:
        """An hour that is counted for a time of the plan."""
        hour = self._hour(self.today, "teacher1")
        self._count("hours", hour.pk, time)

    def _count(self, kind: str, fact: int, time: TimeNote) -> None:
        """What is offered for our time is counted; for others it is said that it is something else. A time that is done
        wants nothing more: the second act of a round is not offered for it."""
        offered = Suggestion.objects.filter(fact_kind=kind, fact_id=fact, dismissed_at=None)
        by = self.staff.actor("coordinator")
        for one in offered.exclude(occurrence=time.pk):
            doing.dismiss_fact(suggestion=one, by=by)
            self.counts["not this"] += 1
        ours = offered.filter(occurrence=time.pk).first()
        if ours is None and time.done_on:
            return
        if ours is None:
            raise LookupError(f"{kind} {fact} is not offered")
        deed = doing.count_fact(suggestion=ours, by=by)
        time.deeds.append((self.today, deed.what))
        self.counts["counted"] += 1

    def _plan_round(self, kind: str, day: date) -> None:
        for number, school in enumerate(self.staff.schools):
            auditor = self.staff.person(self.tutors[number % len(self.tutors)])
            plan_audit(
                centre=self.staff.centre, school=school, planned=Planned(kind, day, [auditor.pk]),
                by=self.staff.actor("coordinator"),
            )  # fmt: skip

    def _audit(self, kind: str, school: School, number: int, time: TimeNote) -> None:
        """Filled and signed on its day; what is wanting has a recommendation; the school answers five days later."""
        audit = Audit.objects.get(school=school, kind=kind, day=self.today)
        tutor = self.staff.actor(self._auditor_of(audit))
        criteria = criteria_of(sections_of(audit.version.sections))
        verdicts = {one: self.chance.choice(("yes", "yes", "yes", "partly", "no")) for one in criteria}
        answers = [
            GivenVerdict(one, verdict, note="Посмотрели на месте", address="https://school.example.org/gia")
            for one, verdict in verdicts.items()
        ]
        save_answers(audit=audit, answers=answers, by=tutor)
        wanting = [one for one, verdict in verdicts.items() if verdict in ("partly", "no")]
        advice = {
            one: Advice("Исправить до следующего аудита", "Завуч", self.today + timedelta(days=30)) for one in wanting
        }
        due = self.today + timedelta(days=14)
        sign_audit(audit=audit, advice=advice, conclusion="Есть что поправить", reply_due=due, by=tutor)
        self.acts.append((kind, school.name, self.today, len(wanting)))
        self.on(self.today + timedelta(days=5), 12, partial(self._reply, audit.pk, number))
        self._count("audits", audit.pk, time)

    def _auditor_of(self, audit: Audit) -> str:
        people = set(audit.auditors.values_list("person", flat=True))
        return next(name for name in self.staff.accounts if self.staff.person(name).pk in people)

    def _reply(self, pk: int, number: int) -> None:
        audit, by = Audit.objects.get(pk=pk), self.staff.actor(f"head{number + 1}")
        findings = list(audit.findings.all())
        if findings:
            reply_to_act(audit=audit, replies={one.pk: ReplyText("agreed") for one in findings}, by=by)
        else:
            acknowledge(audit=audit, by=by)
        self.counts["replies"] += 1

    def leave(self, name: str, day: date) -> None:
        """A tutor leaves the centre; from then on others audit and consult."""
        self.tutors.remove(name)
        self.on(day, 9, partial(self._leave, name))

    def _leave(self, name: str) -> None:
        role = RoleAssignment.objects.get(person=self.staff.person(name), centre=self.staff.centre, end=None)
        end_role(role=role, by=self.staff.actor("coordinator"))
        self.counts["left"] += 1
