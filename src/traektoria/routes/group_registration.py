"""What group routes lay on the desk, and how their events read."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, DeskGroup, DeskLine, DeskSource, audit_wording, desk
from traektoria.people.actor import Actor
from traektoria.routes.queries.groups import unanswered


def desk_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """Invitations that wait for the teacher's word. One query, and only for a teacher."""
    for row in unanswered(actor) if actor.is_teacher else ():
        yield DeskLine(
            group=DeskGroup.SOON,
            what=_("You are invited to a group route: %(subject)s") % {"subject": row.call.get_subject_display()},
            who=_("nobody knows that you are invited until you join"),
            url=reverse("routes:group_invitation", args=[row.pk]),
            action=_("Read and decide"),
        )


desk.add(DeskSource("routes.groups", 22, desk_lines))
_WORDS = {
    "group.invite": gettext_lazy("a suggested group invited"),
    "group.accept": gettext_lazy("invitation to a group route accepted"),
    "group.decline": gettext_lazy("invitation to a group route declined"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 340 + number, sentence))
