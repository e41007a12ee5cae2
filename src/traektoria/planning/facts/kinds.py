"""Facts of the rooms to the right: consultations, diagnostics, sessions, routes agreed, events held and told of."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
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

TUTOR = ("tutor", "tutor__surname", "tutor__given", "tutor__patronymic")


def _day(moment: datetime, zone: str) -> date:
    return timezone.localdate(moment, zones.zone(zone))


def _hours(rows: QuerySet[ConsultationHour]) -> Iterator[Fact]:
    columns = ("pk", "centre", "start", "subject", "centre__municipality__time_zone", *TUTOR)
    found: Any = rows.filter(withdrawn_at=None).order_by("start", "pk").values_list(*columns)
    for pk, centre, start, subject, zone, tutor, *name in found:
        said = {"subject": text_of(Subject, subject), "name": short_name(*name)}
        yield Fact(pk, centre, _day(start, zone), _("Consultation: %(subject)s, %(name)s") % said, tutor)


def _campaigns(rows: QuerySet[Campaign]) -> Iterator[Fact]:
    columns = ("pk", "centre", "closed_at", "title", "centre__municipality__time_zone")
    closed: Any = rows.filter(state=CampaignState.CLOSED, closed_at__isnull=False).order_by("closed_at", "pk")
    for pk, centre, closed_at, title, zone in closed.values_list(*columns):
        yield Fact(pk, centre, _day(closed_at, zone), _("Diagnostics held: %(title)s") % {"title": title})


def _sessions(rows: QuerySet[Session]) -> Iterator[Fact]:
    columns = ("pk", "centre", "held_at", "number", "centre__municipality__time_zone")
    held: Any = rows.filter(state__in=HELD).order_by("held_at", "pk")
    for pk, centre, held_at, number, zone in held.values_list(*columns):
        yield Fact(pk, centre, _day(held_at, zone), _("Session of the commission No. %(number)s") % {"number": number})


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


def _reviews(rows: QuerySet[LearningRoute]) -> Iterator[Fact]:
    """Routes closed after a look at what became of each deficit; those that were broken off are none."""
    closed = rows.filter(state=RouteState.CLOSED)
    return _of_routes(closed, "closed_at", _("Results of a route reviewed: %(subject)s, %(name)s"))


def _results(rows: QuerySet[Dataset]) -> Iterator[Fact]:
    """Figures that readers were shown. A better file of the same work takes nothing back: it was done that day."""
    shown: Any = rows.filter(published_at__isnull=False).order_by("published_at", "pk")
    for one in shown.select_related("centre__municipality"):
        day = _day(one.published_at, one.centre.municipality.time_zone)
        yield Fact(one.pk, one.centre_id, day, _("Results reviewed: %(what)s") % {"what": one})


def _events(rows: QuerySet[EventDate]) -> Iterator[Fact]:
    """Each date that was held, of whoever is its first leader."""
    first = EventLeader.objects.filter(event=OuterRef("event")).order_by("pk").values("person")[:1]
    columns = ("pk", "event__centre", "start", "event__kind_name", "event__title", ZONE, "leader")
    held: Any = rows.filter(held_at__isnull=False).annotate(leader=Subquery(first)).order_by("start", "pk")
    for pk, centre, start, kind, title, zone, leader in held.values_list(*columns):
        said = _("%(kind)s: %(title)s") % {"kind": kind, "title": title}
        yield Fact(pk, centre, _day(start, zone), said, leader, form=kind)


ZONE = "event__centre__municipality__time_zone"


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
        _hours,
        "start",
        re.compile(r"консульт|час\w* методической помощи"),
        "consultations:hour_detail",
    )
)
fact_kinds.add(
    FactKind(
        "campaigns",
        20,
        gettext_lazy("diagnostics held"),
        Campaign,
        _campaigns,
        "closed_at",
        re.compile(r"анкетиров|диагностик|контрольн\w+ работ\w* учител|изучение затруднений"),
        "diagnostics:campaign_detail",
    )
)
fact_kinds.add(
    FactKind(
        "sessions",
        30,
        gettext_lazy("sessions of the commission"),
        Session,
        _sessions,
        "held_at",
        re.compile(r"заседани\w+ комисси|комисси\w+ по присвоению"),
        "tutors:session_detail",
    )
)
fact_kinds.add(
    FactKind(
        "routes",
        40,
        gettext_lazy("routes agreed"),
        LearningRoute,
        _routes,
        "in_force_since",
        re.compile(r"маршрут"),
        "routes:route_detail",
    )
)
fact_kinds.add(
    FactKind(
        "reviews",
        42,
        gettext_lazy("results of routes reviewed"),
        LearningRoute,
        _reviews,
        "closed_at",
        re.compile(r"(?:итог|результат|эффективност|рефлекси)\w* (?:\w+ )?(?:маршрут|сопровождени|тьюторск)"),
        "routes:route_detail",
    )
)
fact_kinds.add(
    FactKind(
        "results",
        44,
        gettext_lazy("results of pupils reviewed"),
        Dataset,
        _results,
        "published_at",
        re.compile(
            r"(?:анализ|итог|результат|мониторинг)\w* (?:\w+ ){0,2}"
            r"(?:впр|огэ|егэ|гиа|комплексн\w+ работ|оценочн\w+ процедур)"
        ),
        "results:dataset_detail",
    )
)
fact_kinds.add(
    FactKind(
        "events",
        50,
        gettext_lazy("events held"),
        EventDate,
        _events,
        "start",
        re.compile(rf"^(?!объявлени|информирован)[\s\S]*(?:{'|'.join(FORMS)}|обучающ\w+ мероприяти)"),
        "events:date_detail",
        centre="event__centre",
    )
)
fact_kinds.add(
    FactKind(
        "announcements",
        60,
        gettext_lazy("outer events announced"),
        Announcement,
        _announcements,
        "created_at",
        re.compile(r"^(?:объявлени|информирован)[\s\S]*(?:семинар|вебинар|конференци|конкурс|мероприяти)"),
        "events:announcement_detail",
    )
)
