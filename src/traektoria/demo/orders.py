"""The school with tutors of its own: nominations by the head, orders of appointment and of release."""

from traektoria.demo.past import lay_back
from traektoria.demo.stage import Stage
from traektoria.demo.tutors import admit, apply_for_status
from traektoria.people.consents import give_consent
from traektoria.people.enums import ConsentKind
from traektoria.tutors.applications.actions import nominations
from traektoria.tutors.models import Application, TutorStatus
from traektoria.tutors.orders import actions as orders


def orders_of_the_school(stage: Stage) -> None:
    """The school with tutors of its own: one appointed, one to be signed, one released, one asked."""
    centre, head = stage.population.lone, stage.actor("shkola-direktor1")
    pool = [login for login in stage.population.staff if login.startswith("shkola-uchitel")]
    own = [login for login in pool if stage.population.staff[login].since.year < stage.today.year - 5]
    appointed, drafted, released, asked = own[:4]
    for place, login in enumerate((appointed, released)):
        application = _nominated(stage, login, 80)
        order = orders.draft_appointment(application=application, effective=stage.day(-70 + place), by=head)
        signed = orders.sign_order(
            order=order, number=f"{48 + place}-к", day=stage.day(-72), by=head, signer_position="Директор школы",
            signer_name=stage.person("shkola-direktor1").short_name,
        )  # fmt: skip
        lay_back(orders.acquaint(order=signed, by=stage.actor(login)), 72)
        lay_back(application, 72)
        lay_back(TutorStatus.objects.get(person=stage.person(login), centre=centre), 72)
    stage.actors.pop(appointed, None)
    give_consent(centre=centre, kind=ConsentKind.REGISTER, by=stage.actor(appointed))
    status = TutorStatus.objects.get(person=stage.person(released), centre=centre)
    release = orders.draft_release(status=status, effective=stage.day(-5), reason="по собственному желанию", by=head)
    signed = orders.sign_order(
        order=release, number="63-к", day=stage.day(-7), by=head, signer_position="Директор школы",
        signer_name=stage.person("shkola-direktor1").short_name,
    )  # fmt: skip
    lay_back(signed, 7)
    lay_back(status, 7)
    lay_back(orders.draft_appointment(application=_nominated(stage, drafted, 6), effective=stage.day(4), by=head), 1)
    question = nominations.nominate(
        centre=centre, person=stage.person(asked), reason="Опытный учитель, к которому идут за советом.", by=head
    )
    lay_back(question, 1)


def _nominated(stage: Stage, login: str, days: int) -> Application:
    """Asked by the head, consented a day later, filled in so many days ago, checked and admitted the day after."""
    centre, head = stage.population.lone, stage.actor("shkola-direktor1")
    asked = nominations.nominate(
        centre=centre, person=stage.person(login), reason="Ведёт школу молодого учителя.", by=head
    )
    lay_back(asked, days + 3)
    lay_back(nominations.consent_to_nomination(application=asked, by=stage.actor(login)), days + 2)
    made = apply_for_status(stage, login, centre)
    lay_back(made, days)
    made = admit(stage, made, "shkola-zavuch1")
    lay_back(made, days - 1)
    return made
