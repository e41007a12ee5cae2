"""Consents to tutor support, as «My data» of the tutor and of the teacher tells them."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

from traektoria.core.registries import ConsentLine
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember, TutorSupport


def consents_of(person_id: int) -> Iterable[ConsentLine]:
    """Answers of a teacher, and of a tutor. Two queries."""
    asked = SupportMember.objects.filter(person=person_id).select_related("support__tutor", "support__centre")
    for member in asked.exclude(consented_at=None, declined_at=None):
        what = _("tutor support with %(tutor)s") % {"tutor": member.support.tutor.short_name}
        given = member.consented_at
        yield ConsentLine(
            what,
            member.support.centre.name,
            given,
            ended_at=_ended(member.support) if given else None,
            refused_at=member.declined_at,
        )
    led = TutorSupport.objects.filter(tutor=person_id).exclude(tutor_consented_at=None)
    for support in led.select_related("centre").prefetch_related("members__person"):
        what = _("to be the tutor of %(who)s") % {"who": support.title}
        yield ConsentLine(what, support.centre.name, support.tutor_consented_at, ended_at=_ended(support))


def _ended(support: TutorSupport) -> datetime | None:
    """A support that is over needs the consent no more."""
    over = support.state not in {SupportState.PROPOSED, SupportState.ACTIVE}
    return datetime.combine(support.end, time.min, UTC) if over else None
