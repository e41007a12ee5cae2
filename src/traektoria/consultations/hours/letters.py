"""The teachers who were there are told by the bell and by letter that an hour was written down, corrected, withdrawn,
and who is taken out of it, that they are: with whom, not about what."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.hours.models import ConsultationHour, HourTeacher
from traektoria.core.typography import ru_day
from traektoria.messaging.enums import Rhythm, UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_change, post_many
from traektoria.organisations import zones
from traektoria.people.enums import Role

HOUR: Final = "consultations.hour"
RECORDED, CORRECTED, WITHDRAWN, TAKEN_OUT = "recorded", "corrected", "withdrawn", "taken_out"
WORDS: Mapping[str, tuple[Any, Any]] = MappingProxyType(
    {
        RECORDED: (
            gettext_lazy("A consultation was written down"),
            gettext_lazy("The tutor %(tutor)s wrote down a consultation with you on %(day)s. You may say how it was."),
        ),
        CORRECTED: (
            gettext_lazy("A consultation was corrected"),
            gettext_lazy("The tutor %(tutor)s corrected what was written of a consultation with you on %(day)s."),
        ),
        WITHDRAWN: (
            gettext_lazy("A consultation was withdrawn"),
            gettext_lazy("The tutor %(tutor)s withdrew what was written of a consultation with you on %(day)s."),
        ),
        TAKEN_OUT: (
            gettext_lazy("A consultation counts for you no longer"),
            gettext_lazy("The tutor %(tutor)s took you out of a consultation on %(day)s: you were not at it."),
        ),
    }
)
"""Title and sentence of each."""


def tell_teachers(hour: ConsultationHour, people: Collection[int], what: str) -> None:
    """``what`` is one of ``WORDS``. Of one hour each has one message, news again at each change."""
    if what == RECORDED and hour.number == 1:
        post_many(HOUR, [Post(person, str(hour.pk), {"hour": hour.pk, "what": what}) for person in sorted(people)])
    else:
        for person in sorted(people):
            post_change(HOUR, to=person, fact=str(hour.pk), hour=hour.pk, what=what)


def tell(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To whom it still stands as it was told, and who can read it: as a teacher of the centre. Two queries."""
    keys = {message.facts["hour"] for message in messages}
    mine = HourTeacher.objects.filter(hour__in=keys, person=reader.person_id or 0)
    there = set(mine.values_list("hour_id", flat=True))
    hours = ConsultationHour.objects.select_related("tutor", "centre__municipality").in_bulk(keys)
    for message in messages:
        hour, what = hours.get(message.facts["hour"]), message.facts.get("what", RECORDED)
        if hour is None or not _stands(hour, what, is_there=hour.pk in there):
            yield Withheld(UnsentReason.DONE)
        elif reader.actor is None or not reader.actor.has(hour.centre_id, Role.TEACHER):
            yield Withheld(UnsentReason.NO_RIGHT)
        else:
            yield letter(what, hour.tutor.short_name, _day(hour), hour.pk)


def _day(hour: ConsultationHour) -> str:
    """By the clock of the place, wherever it is read."""
    return ru_day(timezone.localdate(hour.start, zones.zone(hour.centre.municipality.time_zone)))


def _stands(hour: ConsultationHour, what: str, *, is_there: bool) -> bool:
    return is_there == (what != TAKEN_OUT) and (hour.withdrawn_at is not None) == (what == WITHDRAWN)


def letter(what: str, tutor: str, day: str, hour: int) -> Told:
    title, sentence = WORDS[what]
    said = (str(sentence) % {"tutor": tutor, "day": day},)
    if what == TAKEN_OUT:
        return Told(str(title), said, reverse("consultations:hour_list"), _("Open the list"))
    return Told(str(title), said, reverse("consultations:hour_detail", args=[hour]), _("Read what was agreed"))


kinds.add(
    MessageKind(
        slug=HOUR,
        order=52,
        label=gettext_lazy("Consultations that were written down"),
        why=gettext_lazy("you were at a consultation."),
        tell=tell,
        sample=lambda: letter(RECORDED, _("Ivanova M. P."), ru_day(timezone.localdate()), 1),
        rhythm=Rhythm.DAY,
    )
)
