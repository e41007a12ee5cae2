"""Which tutor a request is given to: those who fit best first, each with the reasons in words."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.load.months import MonthLoad, loads_of
from traektoria.consultations.load.sentences import left_in_words
from traektoria.consultations.requests.enums import OPEN, RequestState
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.queries.duplicates import ALIKE, likeness, words_of
from traektoria.consultations.requests.queries.rows import RequestRow
from traektoria.consultations.requests.registries import away_until
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import counted, ru_day
from traektoria.organisations import zones
from traektoria.routes.supports.queries.suitable_tutors import Fit, tutors_with_places
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember

BEST = 8
LOOKED_AT = 60
"""Consultations in the subject, the newest ones, whose topics are compared."""


@dataclass(frozen=True)
class Suggestion:
    """A tutor beside a request. ``on_topic``: consultations given on such a topic, ``together``: supports and
    consultations with these teachers, ``busy``: open requests that the tutor has already, ``away``: the last day of an
    absence that is now."""

    fit: Fit
    on_topic: int
    together: int
    busy: int
    returned: bool
    month: MonthLoad
    away: date | None

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """(kind of chip, words): why this tutor, or why rather not."""
        said = []
        if self.away:
            said.append(("warning", _("away until %(day)s") % {"day": ru_day(self.away)}))
        if self.fit.teaches:
            said.append(("success", _("offers the subject")))
        if self.on_topic:
            text = counted(self.on_topic, "has given %(n)s hour on this topic", "has given %(n)s hours on this topic")
            said.append(("success", text))
        if self.together:
            said.append(("success", _("has worked with them")))
        places = {"free": self.fit.places.free, "total": self.fit.places.total}
        said.append(("neutral" if self.fit.places.free else "warning", _("free: %(free)s of %(total)s") % places))
        if hours := left_in_words(self.month):
            said.append(("neutral" if self.month.left else "warning", hours))
        if self.busy:
            said.append(("neutral", counted(self.busy, "%(n)s request already", "%(n)s requests already")))
        if self.returned:
            said.append(("warning", _("returned this request")))
        return said


def suggestions(row: RequestRow, teachers: Collection[int], returned: Collection[int] = ()) -> list[Suggestion]:
    """The best tutors of the centre for a request: of the subject first, then who has given hours on such a topic, then
    who has worked with these teachers, then who has hours left this month, fewer requests and more free places. Whoever
    asks is not among them; who is away stands below the others, who ``returned`` it last. A bounded number of
    queries."""
    people = {row.asked_by, *teachers}
    fits = tutors_with_places(row.centre, people, row.subject)
    tutors = [fit.tutor for fit in fits]
    if not tutors:
        return []
    together = _together(row.centre, tutors, people if row.school is None else set(teachers))
    topic = _on_topic(row)
    away = away_until(tutors, timezone.localdate(timezone=zones.zone(row.time_zone)))
    busy = dict(_busy().all(centre=row.centre, tutors=tutors))
    months = _this_month(row)
    found = [
        Suggestion(
            fit, topic[fit.tutor], together[fit.tutor], busy.get(fit.tutor, 0), fit.tutor in returned,
            months.get(fit.tutor) or MonthLoad(timezone.localdate()), away.get(fit.tutor),
        )
        for fit in fits
    ]  # fmt: skip
    return sorted(found, key=_rank)[:BEST]


def _this_month(row: RequestRow) -> dict[int, MonthLoad]:
    """Hours of each tutor in this month of the centre. One query."""
    zone = zones.zone(row.time_zone)
    first = timezone.localdate(timezone=zone).replace(day=1)
    return {tutor: months[0] for tutor, months in loads_of(row.centre, [first], zone).items()}


def _rank(one: Suggestion) -> tuple[Any, ...]:
    fits = (not one.fit.teaches, not one.on_topic, not one.together)
    return (one.returned, one.away is not None, *fits, one.month.left == 0, one.busy, -one.fit.places.free)


def _on_topic(row: RequestRow) -> Counter[int]:
    """By tutor: requests held whose topic has at least half of its words in common with this one. One query."""
    own = words_of(row.topic)
    rows = _held().all(centre=row.centre, subject=row.subject, limit=LOOKED_AT)
    return Counter(tutor for tutor, topic in rows if likeness(own, words_of(topic)) >= ALIKE)


@prepared
def _held() -> QuerySet[ConsultationRequest, Any]:
    rows = ConsultationRequest.objects.filter(
        centre=Given("centre"), subject=Given("subject"), state=RequestState.HELD, tutor__isnull=False
    )
    return rows.order_by("-pk").values_list("tutor", "topic")


def _together(centre: int, tutors: list[int], people: set[int]) -> Counter[int]:
    """By tutor: with how many of these teachers there was a support or a consultation. Two queries."""
    if not people:
        return Counter()
    given: dict[str, Any] = {"centre": centre, "tutors": tutors, "people": people}
    return Counter(tutor for (tutor,) in (*_supported().all(**given), *_consulted().all(**given)))


@prepared
def _supported() -> QuerySet[SupportMember, Any]:
    begun = (SupportState.ACTIVE, SupportState.ENDED)
    rows = SupportMember.objects.filter(
        person__in=Numbers("people"), support__centre=Given("centre"), support__tutor__in=Numbers("tutors"),
        support__state__in=begun, consented_at__isnull=False,
    )  # fmt: skip
    return rows.order_by().values_list("support__tutor")


@prepared
def _consulted() -> QuerySet[ConsultationRequest, Any]:
    rows = ConsultationRequest.objects.filter(
        teachers__in=Numbers("people"), centre=Given("centre"), tutor__in=Numbers("tutors"), state=RequestState.HELD
    )
    return rows.order_by().values_list("tutor")


@prepared
def _busy() -> QuerySet[ConsultationRequest, Any]:
    rows = ConsultationRequest.objects.filter(centre=Given("centre"), tutor__in=Numbers("tutors"), state__in=OPEN)
    return rows.order_by().values("tutor").annotate(number=Count("pk")).values_list("tutor", "number")
