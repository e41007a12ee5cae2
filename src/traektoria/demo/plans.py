"""Scenes of work plans: of the centre with what was done, late, moved and amended; a tutor's own; of another centre."""

from dataclasses import replace
from datetime import date, timedelta

from traektoria.core import school_year
from traektoria.demo.plan_tables import begun_table
from traektoria.demo.stage import Stage
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.planning.associations.actions import save_association
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.actions.doing import DeedText
from traektoria.planning.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.actions import approving, writing
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.plans.enums import TermState
from traektoria.planning.programmes.actions import Written, approve_programme, begin_programme
from traektoria.planning.programmes.forms import from_regulation

OWN = (
    ProposedItem("Входная диагностика затруднений", "сентябрь", "тьютор", heading="Организационный этап"),
    ProposedItem("Индивидуальные маршруты с учителями", "октябрь", "тьютор", heading="Проектировочный этап"),
    ProposedItem("Открытые уроки и их разбор", "1 раз в четверть", "тьютор", heading="Проектировочный этап"),
    ProposedItem("Отчёт на педагогическом совете", "декабрь, май", "тьютор", heading="Контрольно-оценочный этап"),
)
SCHEDULE = (
    ProposedItem("Заседание объединения", "1 раз в четверть", "тьюторы"),
    ProposedItem("Взаимопосещение уроков", "октябрь, февраль", "тьюторы"),
    ProposedItem("Методическая неделя русского языка", "до мая", "тьюторы"),
)
EXTRA = (
    ProposedItem("Заседание методического совета", "не реже одного раза в два месяца", "методисты центра"),
    ProposedItem("Час методической помощи", "каждый четверг", "тьюторы"),
    ProposedItem(
        "Отчёт о работе центра в управление образования",
        "1 раз в квартал (до 5 числа следующего месяца)",
        "методисты центра",
    ),
)


def plans_of_the_year(stage: Stage) -> None:
    """A plan that lives: of this school year, with half of what is over done, one thing late and one missed."""
    plan = _centre_plan(stage, stage.population.centre, "koordinator")
    _done(stage, plan)
    _arranged(stage, plan)
    _amended(stage, plan)
    _programme(stage, plan)
    _association(stage)
    _own_plan(stage)
    begun_table(stage)
    _centre_plan(stage, stage.population.foreign, "ozersk-koordinator")


def _centre_plan(stage: Stage, centre: TutorCentre, login: str) -> WorkPlan:
    year, by = school_year.year_of(stage.today), stage.actor(login)
    title = f"План работы на {school_year.label(year)} учебный год"
    plan = writing.begin_plan(centre=centre, title=title, span="school", year=year, from_regulation=True, by=by)
    writing.add_items(plan=plan, rows=[replace(row, heading="Организация работы") for row in EXTRA], by=by)
    for item in plan.items.filter(term=TermState.ASKED):
        writing.settle_term(item=item, reading=item.choices[0] if item.choices else "", by=by)
    day = min(stage.today, date(year, 9, 1))
    return approving.approve_plan(plan=plan, act="приказом управления образования", number="67", day=day, by=by)


def _over(plan: WorkPlan, today: date) -> list[ItemOccurrence]:
    rows = ItemOccurrence.objects.filter(item__plan=plan, due__lt=today).select_related("item")
    return list(rows.order_by("item__position", "due"))


def _done(stage: Stage, plan: WorkPlan) -> None:
    """All that is over is done in time, but the last of each third item; each fifth is late by six days."""
    last: dict[int, int] = {}
    over = _over(plan, stage.today)
    for time in over:
        last[time.item_id] = time.pk
    for number, time in enumerate(over):
        if time.item.position % 3 == 0 and last[time.item_id] == time.pk:
            continue
        day = (time.due or stage.today) + timedelta(days=6 if number % 5 == 4 else -2)
        told = DeedText(
            _words(time.item), min(day, stage.today), note="Участвовали 14 педагогов." if number % 2 else ""
        )
        doing.tell_deed(occurrence=time, told=told, by=stage.actor("koordinator"))


def _words(item: PlanItem) -> str:
    return f"Проведено: {item.content[:1].lower()}{item.content[1:200]}"


def _arranged(stage: Stage, plan: WorkPlan) -> None:
    """Of what is ahead one is moved, one is cancelled."""
    rows = ItemOccurrence.objects.filter(item__plan=plan, state="open", due__gt=stage.today).order_by("due", "pk")
    ahead = [row for row in rows if row.due and row.due > stage.today + timedelta(days=5)]
    if len(ahead) < 2:
        return
    by, first, last = stage.actor("koordinator"), ahead[0], ahead[-1]
    day = (first.due or stage.today) + timedelta(days=4)
    doing.move_occurrence(occurrence=first, day=day, reason="Карантин в двух школах.", by=by)
    doing.cancel_occurrence(occurrence=last, reason="По решению методического совета.", by=by)


def _amended(stage: Stage, plan: WorkPlan) -> None:
    row = ProposedItem(
        "Практикум для тьюторов: обратная связь после урока", "март", "методисты центра", heading="Организация работы"
    )
    reason = "Предложение методического совета, протокол № 2."
    writing.add_items(plan=plan, rows=[row], reason=reason, by=stage.actor("koordinator"))


def _programme(stage: Stage, plan: WorkPlan) -> None:
    """Approved before the plan that carries it out."""
    by, year = stage.actor("koordinator"), school_year.year_of(stage.today)
    centre = stage.population.centre
    said = from_regulation(rules_of(regulation_in_force(centre.pk)), year)
    written = Written(f"Программа работы тьюторского центра на {year}–{year + 1} годы", **{**said, "last": year + 1})
    programme = begin_programme(centre=centre, own=False, written=written, by=by)
    day = min(stage.today, date(year, 8, 28))
    approve_programme(programme=programme, act="решением методического совета", number="1", day=day, by=by)
    plan.programme = programme
    plan.save(update_fields=["programme"])


def _association(stage: Stage) -> None:
    """Led by a tutor, who has begun its plan-schedule."""
    by, year, centre = stage.actor("koordinator"), school_year.year_of(stage.today), stage.population.centre
    members = [stage.person(one).pk for one in ("uchitel2", "uchitel3", "uchitel8")]
    found = save_association(
        association=None,
        centre=centre,
        name="РМО учителей русского языка и литературы",
        subject="russian",
        chair=stage.person("tutor1").pk,
        members=members,
        by=by,
    )
    title = f"План-график РМО на {school_year.label(year)} учебный год"
    plan = writing.begin_plan(
        centre=centre, title=title, span="school", year=year, association=found, by=stage.actor("tutor1")
    )
    writing.add_items(plan=plan, rows=SCHEDULE, by=stage.actor("tutor1"))


def _own_plan(stage: Stage) -> None:
    """It waits for the coordinator's approval."""
    by, year = stage.actor("tutor1"), school_year.year_of(stage.today)
    title = f"План работы тьютора на {school_year.label(year)} учебный год"
    centre = stage.population.centre
    plan = writing.begin_plan(centre=centre, title=title, span="school", year=year, own=True, by=by)
    writing.add_items(plan=plan, rows=OWN, by=by)
    approving.propose_plan(plan=plan, by=by)
