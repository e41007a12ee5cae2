"""What the scenes of the demo are played with: people by login, and steps that every support goes through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from traektoria.demo.people import Population
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.actions import hypotheses as diagnostics
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Person
from traektoria.routes.models import LearningRoute, RouteItem, TutorSupport
from traektoria.routes.route.actions import agreement, doing, drafting, editing, reflection
from traektoria.routes.route.deadlines import to_working
from traektoria.routes.route.draft_rules import STRENGTHS
from traektoria.routes.route.enums import ItemState
from traektoria.routes.route.queries.route import holidays
from traektoria.routes.supports.actions import requests, supports
from traektoria.routes.tutees.enums import Basis, SupportKind


@dataclass
class Stage:
    """Everybody acts for themselves: each step is the room's own action, by the person who would take it."""

    population: Population
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.population.today

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def person(self, login: str) -> Person:
        return self.population.persons[login]

    def actor(self, login: str) -> Actor:
        if login not in self.actors:
            self.actors[login] = actor_of(self.population.accounts[login], today=self.today)
        return self.actors[login]

    def support(
        self,
        tutor: str,
        teachers: Sequence[str],
        *,
        by: str = "koordinator",
        subject: str = "russian",
        basis: Basis = Basis.RESULTS,
        note: str = "",
        name: str = "",
        period: tuple[int, int] = (-40, 120),
        centre: str = "home",
    ) -> TutorSupport:
        """Proposed by ``by`` for ``period`` (days from today); nobody else has consented yet."""
        return supports.propose_support(
            centre=self.population.centre if centre == "home" else self.population.foreign,
            tutor=self.person(tutor),
            members=[self.person(teacher) for teacher in teachers],
            kind=SupportKind.GROUP if name else SupportKind.INDIVIDUAL,
            subject=subject,
            start=self.day(period[0]),
            end=self.day(period[1]),
            basis=basis,
            basis_note=note,
            name=name,
            by=self.actor(by),
        )

    def consent(self, support: TutorSupport, *logins: str) -> TutorSupport:
        for login in logins:
            support = supports.consent_to_support(support=support, by=self.actor(login))
        return support

    def ask(self, support: TutorSupport, teacher: str, text: str) -> None:
        requests.save_request(support=support, text=text, by=self.actor(teacher))

    def field_of(self, teacher: str) -> list[Hypothesis]:
        """What is proposed about a teacher, the strongest first."""
        rows = Hypothesis.objects.filter(person=self.person(teacher), state=HypothesisState.PROPOSED)
        return sorted(rows, key=lambda row: (STRENGTHS.index(row.strength), row.pk))

    def confirm(self, teacher: str, most: int = 3) -> list[Hypothesis]:
        """The teacher says yes to the strongest hypotheses."""
        me = self.actor(teacher)
        return [diagnostics.confirm_hypothesis(hypothesis=row, by=me) for row in self.field_of(teacher)[:most]]

    def discuss(self, teacher: str) -> None:
        """The teacher wants to talk the rest over with the tutor."""
        for row in self.field_of(teacher):
            diagnostics.discuss_hypothesis(hypothesis=row, by=self.actor(teacher))

    def add(self, teacher: str, subject: str, block: str, topic: str) -> Hypothesis:
        """The teacher names a difficulty that no figures show."""
        return diagnostics.add_by_hand(
            centre=self.population.centre,
            person=self.person(teacher),
            subject=subject,
            block=block,
            topic=topic,
            by=self.actor(teacher),
        )

    def draft(self, support: TutorSupport, tutor: str, deadlines: Sequence[int] = ()) -> LearningRoute:
        """Drafted by the tutor in one click, then dated: ``deadlines`` are days from today, the last one repeats."""
        route = drafting.draft_route(support=support, by=self.actor(tutor))
        for place, item in enumerate(items_of(route)):
            if deadlines:
                day = self._deadline(route, deadlines[min(place, len(deadlines) - 1)])
                editing.edit_item(item=item, values={"deadline": day}, by=self.actor(tutor))
        return route

    def _deadline(self, route: LearningRoute, offset: int) -> date:
        """A working day of the period near ``offset``; today is today, whatever the weekday."""
        day = min(max(self.day(offset), route.start), route.end)
        return to_working(day, route.start, route.end, holidays(route, route.start, route.end)) if offset else day

    def agreed(self, route: LearningRoute, tutor: str, *others: str) -> LearningRoute:
        """Put forward by the tutor and agreed by the others: the route runs."""
        version = agreement.propose_route(route=route, by=self.actor(tutor))
        for login in others:
            agreement.agree_route(route=route, number=version.number, by=self.actor(login))
        route.refresh_from_db()
        return route

    def running(
        self,
        tutor: str,
        teacher: str,
        *,
        subject: str = "russian",
        period: tuple[int, int] = (-60, 150),
        deadlines: Sequence[int] = (),
        basis: Basis = Basis.RESULTS,
        request: str = "",
        most: int = 3,
    ) -> LearningRoute:
        """From the proposal of a support to an agreed route, as it usually goes."""
        support = self.support(tutor, [teacher], subject=subject, period=period, basis=basis)
        support = self.consent(support, tutor, teacher)
        if request:
            self.ask(support, teacher, request)
        self.confirm(teacher, most)
        return self.agreed(self.draft(support, tutor, deadlines), tutor, teacher)

    def do(self, route: LearningRoute, teacher: str, number: int, *, link: str = "", note: str = "") -> RouteItem:
        """The teacher does item ``number`` (from 1), with a link as evidence if one is given."""
        item = items_of(route)[number - 1]
        me = self.actor(teacher)
        if link:
            doing.add_link(item=item, link=link, note=note, by=me)
        return doing.finish_item(item=item, by=me)

    def do_all(self, route: LearningRoute, teacher: str) -> None:
        for number, item in enumerate(items_of(route), 1):
            if item.state != ItemState.DONE:
                self.do(route, teacher, number)

    def say(self, route: LearningRoute, number: int, *lines: tuple[str, str]) -> None:
        """A talk beside item ``number``: (login, words) one after another."""
        for login, text in lines:
            doing.comment_on_item(item=items_of(route)[number - 1], text=text, by=self.actor(login))

    def reflect(self, route: LearningRoute, teacher: str, text: str, *, shared: bool) -> None:
        reflection.write_reflection(route=route, text=text, by=self.actor(teacher), shared=shared)


def items_of(route: LearningRoute) -> list[RouteItem]:
    """The lines of a route in their order, with the route at hand."""
    return list(RouteItem.objects.filter(route=route, removed_in=None).select_related("route").order_by("position"))
