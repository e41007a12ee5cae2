"""Scenes of requests for a tutor: open, offered, met, taken back; and a support that is given over to another tutor."""

from traektoria.demo.past import lay_back
from traektoria.demo.scenes import teacher_of
from traektoria.demo.stage import Stage
from traektoria.people.enums import Subject
from traektoria.routes.models import SupportNeed, TutorSupport
from traektoria.routes.needs import actions as needs
from traektoria.routes.supports.actions import reassigning, supports
from traektoria.routes.tutees.enums import Basis, SupportKind


def requests_for_tutors(stage: Stage) -> None:
    """Teachers and schools ask; the coordinator has answered some of it."""
    centre = stage.population.centre
    math = teacher_of(stage.population, "990102", Subject.MATH, "А", 2020)
    russian = teacher_of(stage.population, "990110", Subject.RUSSIAN, "А", 2020)
    waits = teacher_of(stage.population, "990107", Subject.RUSSIAN, "А", 2020)
    first = needs.ask_for_tutor(
        centre=centre, subject="math", basis=Basis.REQUEST, text="Задачи на движение в пятом классе.",
        by=stage.actor(math),
    )  # fmt: skip
    lay_back(first, 5)
    school = stage.population.schools["990103"]
    newcomers = needs.ask_for_teachers(
        centre=centre, school=school, teachers=[], number=2, subject="english", basis=Basis.NEWCOMER,
        text="Двое пришли после института, нужна помощь с планированием.", by=stage.actor("direktor3"),
    )  # fmt: skip
    lay_back(newcomers, 12)
    offered = needs.ask_for_tutor(
        centre=centre, subject="russian", basis=Basis.DEEPENING, text="Сочинение-рассуждение.", by=stage.actor(waits)
    )
    lay_back(offered, 9)
    _offer(stage, offered, "tutor3", waits)
    met = needs.ask_for_tutor(centre=centre, subject="russian", basis=Basis.REQUEST, by=stage.actor(russian))
    lay_back(met, 20)
    stage.consent(_offer(stage, met, "tutor6", russian), "tutor6", russian)
    back = needs.ask_for_teachers(
        centre=centre, school=stage.population.schools["990104"], teachers=[], number=1, subject="physics",
        basis=Basis.NEW_CLASS, by=stage.actor("zavuch4"),
    )  # fmt: skip
    lay_back(back, 15)
    needs.withdraw_need(need=back, reason="Учитель справляется сам.", by=stage.actor("zavuch4"))


def _offer(stage: Stage, need: SupportNeed, tutor: str, teacher: str) -> TutorSupport:
    return supports.propose_support(
        centre=need.centre, tutor=stage.person(tutor), members=[stage.person(teacher)], kind=SupportKind.INDIVIDUAL,
        subject=need.subject, start=stage.today, end=stage.day(150), basis=need.basis, need=need,
        by=stage.actor("koordinator"),
    )  # fmt: skip


def given_over(stage: Stage) -> None:
    """A tutor asks to hand a support over: both sides are asked for their consent."""
    teacher = teacher_of(stage.population, "990106", Subject.MATH, "А", 2020)
    support = TutorSupport.objects.filter(members__person=stage.person(teacher), state="active")[0]
    reassigning.reassign_support(
        support=support, tutor=stage.person("tutor5"), reason="Меняется расписание, не успеваю бывать в этой школе.",
        by=stage.actor("koordinator"),
    )  # fmt: skip
