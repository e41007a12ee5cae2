"""The scenes: each brings some supports into a state, so that together every state of every page occurs.

A scene takes the stage and plays people's own actions. Teachers ``uchitel1`` … ``uchitel12`` teach the fourth grade in
2025/26 at school 1 … 12; the rest are found by ``Stage.population.staff``.
"""

from collections.abc import Callable

from django.core.files.base import ContentFile

from traektoria.demo.files import table
from traektoria.demo.people import Population
from traektoria.demo.stage import Stage, items_of
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.problem_field.actions import hypotheses as diagnostics
from traektoria.diagnostics.problem_field.enums import DropReason
from traektoria.organisations.models import Regulation
from traektoria.people.enums import Subject
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.actions import agreement, course, doing, editing
from traektoria.routes.route.enums import ActivityKind, DeficitOutcomeKind, ShowingForm
from traektoria.routes.supports.actions import supports
from traektoria.routes.tutees.enums import Basis

Scene = Callable[[Stage], None]
LESSON_LINK = "https://example.org/urok/smyslovoe-chtenie"


def teacher_of(population: Population, digits: str, subject: Subject, letter: str, cohort: int) -> str:
    """The login of the teacher on a post (see ``demo.people.posts``)."""
    return next(
        one.login
        for one in population.staff.values()
        if one.school and one.school.digits == digits and one.post
        and one.post.subjects[0] == subject and letter in one.post.letters and one.post.cohort == cohort
    )  # fmt: skip


def waiting_for_consent(stage: Stage) -> None:
    """The coordinator proposed, the tutor agreed, the teacher is asked: beside fresh hypotheses."""
    support = stage.support("tutor1", ["uchitel1"], period=(0, 180), note="по итогам ВПР 2026")
    stage.consent(support, "tutor1")


def asked_by_the_teacher(stage: Stage) -> None:
    """A teacher asks a tutor; another one has been refused; a third declined what was proposed."""
    own = stage.support("tutor1", ["uchitel6"], by="uchitel6", basis=Basis.REQUEST, period=(0, 150))
    stage.ask(own, "uchitel6", "Хочу научиться строить уроки смыслового чтения так, чтобы дети сами задавали вопросы.")
    refused = stage.support("tutor2", ["uchitel7"], by="uchitel7", basis=Basis.REQUEST, period=(0, 120))
    supports.decline_support(
        support=refused, by=stage.actor("tutor2"), reason="В этом полугодии уже четыре сопровождения, давайте в январе."
    )
    declined = stage.support("tutor3", ["uchitel7"], period=(0, 150))
    stage.consent(declined, "tutor3")
    supports.decline_support(support=declined, by=stage.actor("uchitel7"), reason="Сейчас учусь на курсах.")


def problem_field_in_work(stage: Stage) -> None:
    """Consented, something confirmed, something dropped, something added by hand: the route can be drafted."""
    support = stage.consent(stage.support("tutor1", ["uchitel8"], period=(-9, 170)), "tutor1", "uchitel8")
    stage.ask(support, "uchitel8", "Хочу, чтобы на списывании было меньше ошибок, и не только на контрольных.")
    stage.confirm("uchitel8", most=2)
    rest = stage.field_of("uchitel8")
    for row in rest[:1]:
        diagnostics.drop_hypothesis(
            hypothesis=row, by=stage.actor("uchitel8"), reason_kind=DropReason.NOT_TAUGHT, reason="Тема была в мае."
        )
    topic = "Как давать обратную связь, чтобы ученик исправлял сам"
    stage.add("uchitel8", "russian", CompetenceBlock.METHODICAL, topic)
    diagnostics.add_by_hand(
        centre=stage.population.centre,
        person=stage.person("uchitel8"),
        subject="russian",
        block=CompetenceBlock.COMMUNICATION,
        topic="Разговор с родителями о результатах",
        note="Обсуждали на консультации",
        by=stage.actor("tutor1"),
    )


def drafts_and_proposals(stage: Stage) -> None:
    """A draft beside a question to talk over; a route that waits for the teacher; one that the teacher returned."""
    draft = stage.consent(stage.support("tutor1", ["uchitel9"], period=(-14, 160)), "tutor1", "uchitel9")
    stage.confirm("uchitel9", most=2)
    stage.discuss("uchitel9")
    stage.draft(draft, "tutor1")
    waiting = stage.consent(stage.support("tutor1", ["uchitel3"], period=(-12, 140)), "tutor1", "uchitel3")
    stage.ask(waiting, "uchitel3", "Хочу разобраться, почему части речи путают даже сильные ученики.")
    stage.confirm("uchitel3")
    agreement.propose_route(route=stage.draft(waiting, "tutor1"), by=stage.actor("tutor1"))
    returned = stage.consent(stage.support("tutor1", ["uchitel4"], period=(-20, 130)), "tutor1", "uchitel4")
    stage.confirm("uchitel4")
    route = stage.draft(returned, "tutor1")
    version = agreement.propose_route(route=route, by=stage.actor("tutor1"))
    agreement.return_route(
        route=route,
        number=version.number,
        reason="Открытый урок лучше перенести: в декабре у нас контрольные. И добавьте, пожалуйста, вебинар.",
        by=stage.actor("uchitel4"),
    )


def working_route(stage: Stage) -> None:
    """The route that one opens first: done, due today, late, discussed, with evidence and reflection."""
    route = stage.running(
        "tutor1",
        "uchitel2",
        period=(-75, 120),
        deadlines=(-45, -24, -6, 0, 5, 110),
        request="Хочу, чтобы дети понимали, о чём текст, а не пересказывали его по предложению.",
    )
    stage.do(route, "uchitel2", 1, link=LESSON_LINK, note="Разбор работ 4 «А»")
    second = items_of(route)[1]
    content = table([["Класс", "Ученик", "Задание 4К1", "Что помешало"], ["4А", "1", "0", "мысль не отделена от темы"]])
    doing.add_file(
        item=second,
        file=ContentFile(content, name="Разбор работ 4 А.xlsx"),
        note="Что помешало в каждой работе",
        by=stage.actor("uchitel2"),
    )
    stage.do(route, "uchitel2", 2)
    doing.start_item(item=items_of(route)[2], by=stage.actor("uchitel2"))
    stage.say(
        route,
        3,
        ("uchitel2", "Разбор пришлось перенести: класс был на карантине. Можно на следующей неделе?"),
        ("tutor1", "Конечно. Во вторник я свободна вторым уроком, приносите работы."),
        ("uchitel2", "Договорились, спасибо!"),
    )
    text = "Вопросы к тексту до чтения сработали лучше, чем я ждала: спорили даже те, кто обычно молчит."
    stage.reflect(route, "uchitel2", text, shared=True)
    stage.reflect(route, "uchitel2", "Боюсь открытого урока. Записываю, чтобы посмеяться весной.", shared=False)


def head_is_asked(stage: Stage) -> None:
    """A support that began under the first regulation, by which the head agrees too: a route waits for that word."""
    teacher = teacher_of(stage.population, "990102", Subject.PRIMARY, "Б", 2025)
    support = stage.consent(stage.support("tutor5", [teacher], period=(-10, 150)), "tutor5", teacher)
    stage.confirm(teacher, most=2)
    support.regulation = Regulation.objects.get(centre=stage.population.centre, number=1)
    support.save(update_fields=["regulation"])
    stage.agreed(stage.draft(support, "tutor5"), "tutor5", teacher)


def pauses_and_stops(stage: Stage) -> None:
    """One route is paused, one stopped with its support ended."""
    paused = stage.running("tutor3", "uchitel11", period=(-50, 130), deadlines=(-30, -8, 12, 30, 60, 100))
    stage.do(paused, "uchitel11", 1)
    course.pause_route(route=paused, reason="Больничный до конца месяца.", by=stage.actor("uchitel11"))
    stopped = stage.running("tutor4", "uchitel12", period=(-90, 60), deadlines=(-60, -30, -5, 20, 40))
    stage.do(stopped, "uchitel12", 1)
    course.stop_route(
        route=stopped, reason="Перешла в другую параллель, задачи маршрута больше не нужны.", by=stage.actor("tutor4")
    )
    supports.end_support(support=stopped.support, reason="Маршрут остановлен.", by=stage.actor("tutor4"))


def closed_routes(stage: Stage) -> None:
    """Two routes are closed: in one all is overcome, in the other something remains."""
    first = stage.running("tutor1", "uchitel5", period=(-165, -10), deadlines=(-140, -120, -90, -60, -40, -30, -15))
    stage.do(first, "uchitel5", 1, link="https://example.org/razbor-rabot", note="Разбор работ")
    stage.do_all(first, "uchitel5")
    text = "Самое полезное – посмотреть урок коллеги и потом свой на видео."
    stage.reflect(first, "uchitel5", text, shared=True)
    _close(stage, first, "tutor1", (DeficitOutcomeKind.OVERCOME, DeficitOutcomeKind.PARTLY))
    supports.end_support(support=first.support, reason="Маршрут пройден.", by=stage.actor("tutor1"))
    teacher = teacher_of(stage.population, "990108", Subject.MATH, "А", 2020)
    second = stage.running("tutor2", teacher, subject="math", period=(-160, -20), deadlines=(-130, -100, -60, -25))
    stage.do_all(second, teacher)
    _close(stage, second, "tutor2", (DeficitOutcomeKind.REMAINS, DeficitOutcomeKind.NOT_ASSESSED))


def _close(stage: Stage, route: LearningRoute, tutor: str, kinds: tuple[DeficitOutcomeKind, ...]) -> None:
    ids = {item.hypothesis_id for item in items_of(route) if item.hypothesis_id}
    outcomes = {
        pk: (kinds[min(place, len(kinds) - 1)], "параллельная работа в классе, 20 учеников")
        for place, pk in enumerate(sorted(ids))
    }
    course.close_route(
        route=route,
        outcomes=outcomes,
        conclusion="Приёмы вошли в уроки. Результат класса сравним весной на параллельной работе.",
        by=stage.actor(tutor),
    )


def corrections(stage: Stage) -> None:
    """One correction waits for the teacher, one is open, one is agreed as version 2, one asks for more time."""
    waiting = stage.running("tutor3", "uchitel10", period=(-45, 140), deadlines=(-20, 2, 16, 35, 60, 90))
    stage.do(waiting, "uchitel10", 1)
    _correct(stage, waiting, "tutor3")
    agreement.propose_route(route=waiting, reason="Появился вебинар по теме.", by=stage.actor("tutor3"))
    math = [teacher_of(stage.population, f"9901{school:02d}", Subject.MATH, "А", 2020) for school in (1, 5, 6)]
    opened = stage.running("tutor2", math[0], subject="math", period=(-30, 150), deadlines=(-3, 9, 27, 50, 80))
    _correct(stage, opened, "tutor2")
    second = stage.running("tutor2", math[1], subject="math", period=(-65, 110), deadlines=(-40, -11, 4, 33, 66))
    stage.do(second, math[1], 1, link="https://example.org/podborka-drobi", note="Подборка заданий")
    _correct(stage, second, "tutor2")
    version = agreement.propose_route(route=second, reason="Добавили вебинар.", by=stage.actor("tutor2"))
    agreement.agree_route(route=second, number=version.number, by=stage.actor(math[1]))
    longer = stage.running("tutor8", math[2], subject="math", period=(-100, 12), deadlines=(-70, -33, -2, 6, 11))
    stage.do(longer, math[2], 1)
    course.extend_route(
        route=longer, end=stage.day(55), move_deadlines=True, reason="Не успели с уроком.", by=stage.actor("tutor8")
    )


def _correct(stage: Stage, route: LearningRoute, tutor: str) -> None:
    """Open a correction: one line more, one deadline later."""
    me = stage.actor(tutor)
    editing.open_correction(route=route, by=me)
    values = {
        "deficit": "",
        "task": "Посмотреть вебинар центра и выбрать один приём для своего урока",
        "activity_kind": ActivityKind.WEBINAR,
        "resource": "Запись вебинара тьюторского центра",
        "deadline": min(stage.day(25), route.end),
        "expected_result": "Приём испытан на уроке",
        "showing_form": ShowingForm.CONVERSATION,
    }
    editing.add_item(route=route, values=values, by=me)
    last = items_of(route)[-2]
    editing.edit_item(item=last, values={"deadline": route.end}, by=me)


def groups(stage: Stage) -> None:
    """A group with a route that runs, and one where not everybody has answered."""
    together = [teacher_of(stage.population, f"9901{school:02d}", Subject.PRIMARY, "Б", 2025) for school in (1, 6)]
    name = "Смысловое чтение в начальной школе"
    group = stage.support("tutor4", together, name=name, period=(-35, 160))
    stage.consent(group, "tutor4", *together)
    stage.ask(group, together[0], "Хотим собрать общий банк вопросов к текстам.")
    for teacher in together:
        stage.confirm(teacher, most=2)
    route = stage.agreed(stage.draft(group, "tutor4", (-7, 0, 8, 24, 48, 90)), "tutor4", *together)
    stage.do(route, together[1], 1, link="https://example.org/bank-voprosov", note="Банк вопросов, первая часть")
    asked = [teacher_of(stage.population, f"9901{school:02d}", Subject.RUSSIAN, "А", 2020) for school in (2, 4, 6)]
    second = stage.support("tutor6", asked, name="Разборы без заучивания", period=(0, 170), by="tutor6")
    stage.consent(second, asked[0])
    supports.decline_support(support=second, by=stage.actor(asked[1]))


def newcomers(stage: Stage) -> None:
    """First-year teachers and those who ask themselves: routes from what was named by hand, no figures behind it."""
    others = [one for one in stage.population.staff.values() if one.post and not one.post.cohort and one.school]
    home = [one.login for one in others if not one.login.startswith("ozersk")]
    topics = (
        (CompetenceBlock.METHODICAL, "Планирование урока: цель, этапы, время"),
        (CompetenceBlock.PSYCH_PED, "Дисциплина и внимание в шестом классе"),
        (CompetenceBlock.METHODICAL, "Формирующее оценивание на уроке"),
    )
    tutors = ("tutor5", "tutor6", "tutor7", "tutor8", "tutor9", "tutor10")
    for number, (teacher, tutor) in enumerate(zip(home[3::9], tutors, strict=False)):
        post = stage.population.staff[teacher].post
        subject = str(post.subjects[0]) if post else "math"
        block, topic = topics[number % len(topics)]
        stage.add(teacher, subject, block, topic)
        basis = Basis.NEWCOMER if number % 2 else Basis.DEEPENING
        offsets = (-18 + number, 1 + number, 20, 60)
        route = stage.running(tutor, teacher, subject=subject, period=(-50, 160), deadlines=offsets, basis=basis)
        if number % 2:
            stage.do(route, teacher, 1)


def neighbours(stage: Stage) -> None:
    """The other centre lives its own life."""
    support = stage.support("ozersk-tutor", ["ozersk-uchitel1"], by="ozersk-koordinator", centre="foreign")
    stage.consent(support, "ozersk-tutor", "ozersk-uchitel1")
    diagnostics.add_by_hand(
        centre=stage.population.foreign,
        person=stage.person("ozersk-uchitel1"),
        subject="russian",
        block=CompetenceBlock.METHODICAL,
        topic="Работа с текстом в малокомплектной школе",
        by=stage.actor("ozersk-uchitel1"),
    )
    stage.agreed(stage.draft(support, "ozersk-tutor", (3, 20, 60)), "ozersk-tutor", "ozersk-uchitel1")


SCENES: tuple[Scene, ...] = (
    waiting_for_consent,
    asked_by_the_teacher,
    problem_field_in_work,
    drafts_and_proposals,
    working_route,
    head_is_asked,
    pauses_and_stops,
    closed_routes,
    corrections,
    groups,
    newcomers,
    neighbours,
)
