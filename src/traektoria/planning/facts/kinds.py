"""Facts of the rooms to the right: consultations, diagnostics, sessions, routes agreed, events held and told of."""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.models import ConsultationHour
from traektoria.core.labels import text_of
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign
from traektoria.events.event.ideas import is_named
from traektoria.events.models import Announcement, EventDate, EventLeader
from traektoria.organisations import zones
from traektoria.people.enums import Subject
from traektoria.people.models import short_name
from traektoria.planning.facts.registry import Fact, FactKind, fact_kinds
from traektoria.results.models import Dataset
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.enums import RouteState
from traektoria.tutors.commission.enums import SessionState
from traektoria.tutors.models import Session

ONE_DAY = timedelta(days=1)
TUTOR = ("tutor", "tutor__surname", "tutor__given", "tutor__patronymic")


def _day(moment: datetime, zone: str) -> date:
    return timezone.localdate(moment, zones.zone(zone))


def _moments(field: str, first: date, last: date) -> Q:
    """A day wider on both sides, for whatever zone; the days themselves are asked of each fact."""
    start, end = datetime.combine(first - ONE_DAY, time()), datetime.combine(last + 2 * ONE_DAY, time())
    return Q(**{f"{field}__gte": timezone.make_aware(start), f"{field}__lt": timezone.make_aware(end)})


def _within(facts: Iterator[Fact], first: date, last: date) -> Iterator[Fact]:
    return (fact for fact in facts if first <= fact.day <= last)


def _hours(rows: QuerySet[ConsultationHour]) -> Iterator[Fact]:
    columns = ("pk", "centre", "start", "subject", "centre__municipality__time_zone", *TUTOR)
    found: Any = rows.filter(withdrawn_at=None).order_by("start", "pk").values_list(*columns)
    for pk, centre, start, subject, zone, tutor, *name in found:
        said = {"subject": text_of(Subject, subject), "name": short_name(*name)}
        yield Fact(pk, centre, _day(start, zone), _("Consultation: %(subject)s, %(name)s") % said, tutor)


def hours_that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _hours(ConsultationHour.objects.filter(pk__in=keys))


def hours_between(centre: int, first: date, last: date) -> Iterator[Fact]:
    rows = ConsultationHour.objects.filter(_moments("start", first, last), centre=centre)
    return _within(_hours(rows), first, last)


def _campaigns(rows: QuerySet[Campaign]) -> Iterator[Fact]:
    columns = ("pk", "centre", "closed_at", "title", "centre__municipality__time_zone")
    closed: Any = rows.filter(state=CampaignState.CLOSED, closed_at__isnull=False).order_by("closed_at", "pk")
    for pk, centre, closed_at, title, zone in closed.values_list(*columns):
        yield Fact(pk, centre, _day(closed_at, zone), _("Diagnostics held: %(title)s") % {"title": title})


def campaigns_that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _campaigns(Campaign.objects.filter(pk__in=keys))


def campaigns_between(centre: int, first: date, last: date) -> Iterator[Fact]:
    rows = Campaign.objects.filter(_moments("closed_at", first, last), centre=centre)
    return _within(_campaigns(rows), first, last)


def _sessions(rows: QuerySet[Session]) -> Iterator[Fact]:
    columns = ("pk", "centre", "held_at", "number", "centre__municipality__time_zone")
    held: Any = rows.filter(state__in=HELD).order_by("held_at", "pk")
    for pk, centre, held_at, number, zone in held.values_list(*columns):
        yield Fact(pk, centre, _day(held_at, zone), _("Session of the commission No. %(number)s") % {"number": number})


def sessions_that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _sessions(Session.objects.filter(pk__in=keys))


def sessions_between(centre: int, first: date, last: date) -> Iterator[Fact]:
    rows = Session.objects.filter(_moments("held_at", first, last), centre=centre)
    return _within(_sessions(rows), first, last)


def _of_routes(rows: QuerySet[LearningRoute], moment: str, words: str) -> Iterator[Fact]:
    """``moment``: the column of when it happened; ``words`` name the subject and the tutor."""
    tutor = tuple(f"support__{name}" for name in TUTOR)
    columns = ("pk", "centre", moment, "support__subject", "centre__municipality__time_zone", *tutor)
    found: Any = rows.filter(**{f"{moment}__isnull": False}).order_by(moment, "pk")
    for pk, centre, at, subject, zone, by, *name in found.values_list(*columns):
        said = {"subject": text_of(Subject, subject), "name": short_name(*name)}
        yield Fact(pk, centre, _day(at, zone), words % said, by)


def _routes(rows: QuerySet[LearningRoute]) -> Iterator[Fact]:
    return _of_routes(rows, "in_force_since", _("A route is agreed: %(subject)s, %(name)s"))


def routes_that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _routes(LearningRoute.objects.filter(pk__in=keys))


def routes_between(centre: int, first: date, last: date) -> Iterator[Fact]:
    rows = LearningRoute.objects.filter(_moments("in_force_since", first, last), centre=centre)
    return _within(_routes(rows), first, last)


def _reviews(rows: QuerySet[LearningRoute]) -> Iterator[Fact]:
    """Routes closed after a look at what became of each deficit; those that were broken off are none."""
    closed = rows.filter(state=RouteState.CLOSED)
    return _of_routes(closed, "closed_at", _("Results of a route reviewed: %(subject)s, %(name)s"))


def reviews_that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _reviews(LearningRoute.objects.filter(pk__in=keys))


def reviews_between(centre: int, first: date, last: date) -> Iterator[Fact]:
    rows = LearningRoute.objects.filter(_moments("closed_at", first, last), centre=centre)
    return _within(_reviews(rows), first, last)


def _results(rows: QuerySet[Dataset]) -> Iterator[Fact]:
    """Figures that readers were shown. A better file of the same work takes nothing back: it was done that day."""
    shown: Any = rows.filter(published_at__isnull=False).order_by("published_at", "pk")
    for one in shown.select_related("centre__municipality"):
        day = _day(one.published_at, one.centre.municipality.time_zone)
        yield Fact(one.pk, one.centre_id, day, _("Results reviewed: %(what)s") % {"what": one})


def results_that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _results(Dataset.objects.filter(pk__in=keys))


def results_between(centre: int, first: date, last: date) -> Iterator[Fact]:
    rows = Dataset.objects.filter(_moments("published_at", first, last), centre=centre)
    return _within(_results(rows), first, last)


def _events(rows: QuerySet[EventDate]) -> Iterator[Fact]:
    """Each date that was held, of whoever is its first leader."""
    first = EventLeader.objects.filter(event=OuterRef("event")).order_by("pk").values("person")[:1]
    columns = ("pk", "event__centre", "start", "event__kind_name", "event__title", ZONE, "leader")
    held: Any = rows.filter(held_at__isnull=False).annotate(leader=Subquery(first)).order_by("start", "pk")
    for pk, centre, start, kind, title, zone, leader in held.values_list(*columns):
        said = _("%(kind)s: %(title)s") % {"kind": kind, "title": title}
        yield Fact(pk, centre, _day(start, zone), said, leader, form=kind)


ZONE = "event__centre__municipality__time_zone"


def events_that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _events(EventDate.objects.filter(pk__in=keys))


def events_between(centre: int, first: date, last: date) -> Iterator[Fact]:
    rows = EventDate.objects.filter(_moments("start", first, last), event__centre=centre)
    return _within(_events(rows), first, last)


def _announcements(rows: QuerySet[Announcement]) -> Iterator[Fact]:
    columns = ("pk", "centre", "created_at", "kind_name", "title", "centre__municipality__time_zone", "author")
    told: Any = rows.filter(withdrawn_at=None).order_by("created_at", "pk").values_list(*columns)
    for pk, centre, at, kind, title, zone, author in told:
        said = _("Announced: %(kind)s “%(title)s”") % {"kind": kind, "title": title}
        yield Fact(pk, centre, _day(at, zone), said, author)


def is_meant(content: str, fact: Fact) -> bool:
    """An item that names forms of events means these: «Открытые уроки» no «Взаимопосещение уроков»; «мероприятие» may
    be any. A kind with a name of the centre's own is known by its words."""
    named = _forms(content)
    if not fact.form or not named:
        return True
    own = _forms(fact.form)
    return bool(own & named) if own else is_named(fact.form, content)


@lru_cache(maxsize=2048)
def _forms(words: str) -> frozenset[str]:
    return frozenset(form for form in FORMS if re.search(form, words.lower()))


def announcements_that_stand(keys: Collection[int]) -> Iterator[Fact]:
    return _announcements(Announcement.objects.filter(pk__in=keys))


def announcements_between(centre: int, first: date, last: date) -> Iterator[Fact]:
    rows = Announcement.objects.filter(_moments("created_at", first, last), centre=centre)
    return _within(_announcements(rows), first, last)


FORMS: Final = (
    "мастер-класс", "семинар", "практикум", "тренинг", r"кругл\w+ стол", r"открыт\w+ урок", "вебинар", "конференци",
    "взаимопосещ", "стажировк", "супервизи", "тьюториал", r"группов\w+ заняти",
)  # fmt: skip
HELD = (SessionState.CLOSED, SessionState.SIGNED)
fact_kinds.add(
    FactKind(
        "hours",
        10,
        gettext_lazy("consultations given"),
        ConsultationHour,
        hours_that_stand,
        hours_between,
        re.compile(r"консульт|час\w* методической помощи"),
        lambda pk: reverse("consultations:hour_detail", args=[pk]),
    )
)
fact_kinds.add(
    FactKind(
        "campaigns",
        20,
        gettext_lazy("diagnostics held"),
        Campaign,
        campaigns_that_stand,
        campaigns_between,
        re.compile(r"анкетиров|диагностик|контрольн\w+ работ\w* учител|изучение затруднений"),
        lambda pk: reverse("diagnostics:campaign_detail", args=[pk]),
    )
)
fact_kinds.add(
    FactKind(
        "sessions",
        30,
        gettext_lazy("sessions of the commission"),
        Session,
        sessions_that_stand,
        sessions_between,
        re.compile(r"заседани\w+ комисси|комисси\w+ по присвоению"),
        lambda pk: reverse("tutors:session_detail", args=[pk]),
    )
)
fact_kinds.add(
    FactKind(
        "routes",
        40,
        gettext_lazy("routes agreed"),
        LearningRoute,
        routes_that_stand,
        routes_between,
        re.compile(r"маршрут"),
        lambda pk: reverse("routes:route_detail", args=[pk]),
    )
)
fact_kinds.add(
    FactKind(
        "reviews",
        42,
        gettext_lazy("results of routes reviewed"),
        LearningRoute,
        reviews_that_stand,
        reviews_between,
        re.compile(r"(?:итог|результат|эффективност|рефлекси)\w* (?:\w+ )?(?:маршрут|сопровождени|тьюторск)"),
        lambda pk: reverse("routes:route_detail", args=[pk]),
    )
)
fact_kinds.add(
    FactKind(
        "results",
        44,
        gettext_lazy("results of pupils reviewed"),
        Dataset,
        results_that_stand,
        results_between,
        re.compile(
            r"(?:анализ|итог|результат|мониторинг)\w* (?:\w+ ){0,2}"
            r"(?:впр|огэ|егэ|гиа|комплексн\w+ работ|оценочн\w+ процедур)"
        ),
        lambda pk: reverse("results:dataset_detail", args=[pk]),
    )
)
fact_kinds.add(
    FactKind(
        "events",
        50,
        gettext_lazy("events held"),
        EventDate,
        events_that_stand,
        events_between,
        re.compile(rf"^(?!объявлени|информирован)[\s\S]*(?:{'|'.join(FORMS)}|обучающ\w+ мероприяти)"),
        lambda pk: reverse("events:date_detail", args=[pk]),
    )
)
fact_kinds.add(
    FactKind(
        "announcements",
        60,
        gettext_lazy("outer events announced"),
        Announcement,
        announcements_that_stand,
        announcements_between,
        re.compile(r"^(?:объявлени|информирован)[\s\S]*(?:семинар|вебинар|конференци|конкурс|мероприяти)"),
        lambda pk: reverse("events:announcement_detail", args=[pk]),
    )
)
