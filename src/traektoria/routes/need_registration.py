"""What the requests for a tutor tell the rooms below: the desk, words of the audit."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, DeskGroup, DeskLine, DeskSource, audit_wording, desk
from traektoria.core.typography import counted, local_day
from traektoria.people.actor import Actor
from traektoria.routes.enums import NeedState
from traektoria.routes.models import SupportNeed
from traektoria.routes.queries import needs as queries

LONG = timedelta(days=14)


def desk_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """The coordinator: how many wait, since when. A teacher and a head: their open requests. At most two queries."""
    if actor.is_coordinator:
        yield from _centre_lines(actor, today)
    if actor.is_teacher or actor.is_head:
        for need in queries.of_the_desk(actor):
            if not (need.state == NeedState.OFFERED and getattr(need, "named", None)):  # their consent is asked there
                yield _line(need, actor)


def _centre_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    number, oldest = queries.wait_of_centres(actor)
    if not number or oldest is None:
        return
    what = counted(number, "%(n)s request waits for a tutor", "%(n)s requests wait for a tutor")
    days = (today - local_day(oldest)).days
    who = counted(days, "the oldest for %(n)s day", "the oldest for %(n)s days") if days > 0 else _("since today")
    group = DeskGroup.TODAY if timezone.now() - oldest > LONG else DeskGroup.SOON
    yield DeskLine(group, what, who, reverse("routes:need_board"), _("Find tutors"))


def _line(need: SupportNeed, actor: Actor) -> DeskLine:
    url = reverse("routes:need_detail", args=[need.pk])
    if need.school and need.asked_by_id != actor.person_id:
        what = _("The school asked for a tutor for you: nothing begins without your consent")
        return DeskLine(DeskGroup.WAITING, what, need.school.name, url, _("Read"))
    if need.state == NeedState.OFFERED:
        what = _("A tutor is offered: the answers are awaited")
    else:
        what = _("A tutor is looked for by your request")
    return DeskLine(DeskGroup.WAITING, what, str(need.get_subject_display()), url, _("Open"))


desk.add(DeskSource("routes.needs", 12, desk_lines))
_WORDS = {
    "need.ask": gettext_lazy("tutor asked for"),
    "need.refuse": gettext_lazy("a teacher said «no, thank you»"),
    "need.offer": gettext_lazy("tutor offered"),
    "need.reopen": gettext_lazy("a tutor is looked for again"),
    "need.meet": gettext_lazy("support has begun by the request"),
    "need.withdraw": gettext_lazy("request taken back"),
    "need.lapse": gettext_lazy("request lapsed: nobody wants it any longer"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 330 + number, sentence))
