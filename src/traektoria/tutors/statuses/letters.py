"""What the sub-room tells people by the bell and by letter."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.typography import ru_day
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.people.enums import Role
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.models import TutorStatus

STATUS_ENDS: Final = "tutors.status_ends"


def tell(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To the tutor, and to whoever coordinates the centre now. One query."""
    keys = {message.facts["status"] for message in messages}
    rows = TutorStatus.objects.select_related("person", "centre").in_bulk(keys)
    for message in messages:
        yield _told(rows.get(message.facts["status"]), message.facts["end"], reader)


def _told(status: TutorStatus | None, end: str, reader: Reader) -> Told | Withheld:
    if status is None or status.state == StatusState.ENDED or status.end is None:
        return Withheld(UnsentReason.DONE)
    if status.end.isoformat() != end:
        return Withheld(UnsentReason.MOVED)
    path, day = reverse("tutors:tutor_detail", args=[status.pk]), ru_day(status.end)
    if status.person_id == reader.person_id:
        return own_letter(status.centre.name, day, path)
    if reader.actor is None or not reader.actor.has(status.centre_id, Role.COORDINATOR):
        return Withheld(UnsentReason.NO_RIGHT)
    return coordinators_letter(status.person.short_name, status.centre.name, day, path)


def own_letter(centre: str, day: str, path: str) -> Told:
    sentences = (
        _("The term of your status of a tutor (%(centre)s) ends on %(day)s.") % {"centre": centre, "day": day},
        _("To go on, open it in good time and press «Renew»."),
    )
    return Told(_("Your status of a tutor ends soon"), sentences, path, _("Open the status"))


def coordinators_letter(name: str, centre: str, day: str, path: str) -> Told:
    facts = {"name": name, "centre": centre, "day": day}
    sentence = _("The term of the status of a tutor of %(name)s (%(centre)s) ends on %(day)s.") % facts
    return Told(_("The status of a tutor ends soon"), (sentence,), path, _("Open the status"))


def _sample() -> Told:
    day = ru_day(timezone.localdate() + timedelta(days=30))
    return own_letter(_("Tutor centre"), day, reverse("tutors:home"))


kinds.add(
    MessageKind(
        slug=STATUS_ENDS,
        order=30,
        label=gettext_lazy("The status of a tutor ends"),
        why=gettext_lazy("you are the tutor, or you coordinate the centre."),
        tell=tell,
        sample=_sample,
    )
)
