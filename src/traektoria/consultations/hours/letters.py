"""The teachers who were there are told by the bell and by letter that an hour was written down: with whom, not about
what."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.hours.models import ConsultationHour, HourTeacher
from traektoria.core.typography import ru_day
from traektoria.messaging.enums import Reason, Rhythm
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.posting import Post, post_many

RECORDED: Final = "consultations.hour"


def tell_teachers(hour: ConsultationHour, people: Collection[int]) -> None:
    """Each once."""
    post_many(RECORDED, [Post(person, str(hour.pk), {"hour": hour.pk}) for person in sorted(people)])


def tell(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To who is still written down as having been there. Two queries."""
    keys = {message.facts["hour"] for message in messages}
    mine = HourTeacher.objects.filter(hour__in=keys, person=reader.person_id or 0)
    there = set(mine.values_list("hour_id", flat=True))
    hours = ConsultationHour.objects.select_related("tutor").in_bulk(there)
    for message in messages:
        hour = hours.get(message.facts["hour"])
        if hour is None or hour.withdrawn_at is not None:
            yield Withheld(Reason.DONE)
        else:
            path = reverse("consultations:hour_detail", args=[hour.pk])
            yield letter(hour.tutor.short_name, ru_day(hour.start), path)


def letter(tutor: str, day: str, path: str) -> Told:
    facts = {"tutor": tutor, "day": day}
    sentence = _("The tutor %(tutor)s wrote down a consultation with you on %(day)s. You may say how it was.") % facts
    return Told(_("A consultation was written down"), (sentence,), path, _("Read what was agreed"))


kinds.add(
    MessageKind(
        slug=RECORDED,
        order=52,
        label=gettext_lazy("Consultations that were written down"),
        why=gettext_lazy("you were at a consultation."),
        tell=tell,
        sample=lambda: letter(_("Ivanova M. P."), ru_day(timezone.localdate()), "/"),
        rhythm=Rhythm.DAY,
    )
)
