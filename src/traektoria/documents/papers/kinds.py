"""The list of official papers: who may take each, of which fact, and how it is put into words."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from traektoria.documents.papers.audits import act_paper, act_version, readable_acts
from traektoria.documents.papers.deficit_plans import deficit_plan_paper, plan_number, readable_deficit_plans
from traektoria.documents.papers.event_sheets import log_sheet, readable_sheets, sheet_paper
from traektoria.documents.papers.orders import order_paper, readable_orders
from traektoria.documents.papers.plans import (
    plan_paper,
    plan_version,
    programme_paper,
    programme_version,
    readable_plans,
    readable_programmes,
    report_paper,
)
from traektoria.documents.papers.protocols import (
    extract_paper,
    protocol_paper,
    readable_extracts,
    readable_protocols,
)
from traektoria.documents.papers.regulations import readable_regulations, regulation_paper
from traektoria.engines.papers import Paper
from traektoria.events.models import EventDate
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.planning.models import Audit, Programme, WorkPlan
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.access_log import log_opened
from traektoria.tutors.models import AgendaItem, Session, StaffOrder


@dataclass(frozen=True)
class PaperKind:
    """``facts(actor)`` are those whose paper the person may take; ``paper(fact)`` puts one into words, in Russian.

    ``version(fact)`` and ``centre(fact)`` go into the register of issued documents; days are those of the centre.
    ``fits(fact)``: whether the fact has such a paper. ``opened`` writes down who has read whose data by it.
    """

    slug: str
    label: Any  # lazy string
    fact: type[Model]
    facts: Callable[[Actor], QuerySet[Any]]
    paper: Callable[[Any], Paper]
    version: Callable[[Any], int] = lambda fact: 1
    centre: Callable[[Any], TutorCentre] = attrgetter("centre")
    fits: Callable[[Any], bool] = lambda fact: True
    opened: Callable[[Any, Actor], None] = lambda fact, by: None


def log_plan(route: LearningRoute, by: Actor) -> None:
    """As the card of the route."""
    log_opened(by=by, purpose=Purpose.CARD, kind="route_card", route=route)


KINDS = {
    kind.slug: kind
    for kind in (
        PaperKind(
            "regulation",
            _("Regulation of a centre"),
            Regulation,
            readable_regulations,
            regulation_paper,
            attrgetter("number"),
        ),
        PaperKind("work_plan", _("Work plan"), WorkPlan, readable_plans, plan_paper, plan_version),
        PaperKind("programme", _("Programme"), Programme, readable_programmes, programme_paper, programme_version),
        PaperKind("plan_report", _("Report on the plan"), WorkPlan, readable_plans, report_paper),
        PaperKind("audit_act", _("Act of an audit"), Audit, readable_acts, act_paper, act_version),
        PaperKind(
            "deficit_plan",
            _("Personified plan"),
            LearningRoute,
            readable_deficit_plans,
            deficit_plan_paper,
            plan_number,
            fits=attrgetter("deficit_plan"),
            opened=log_plan,
        ),
        PaperKind(
            "event_sheet",
            _("Sheet of participants"),
            EventDate,
            readable_sheets,
            sheet_paper,
            centre=attrgetter("event.centre"),
            opened=log_sheet,
        ),
        PaperKind("order", _("Order of the head"), StaffOrder, readable_orders, order_paper),
        PaperKind("protocol", _("Protocol of a session"), Session, readable_protocols, protocol_paper),
        PaperKind(
            "extract",
            _("Extract from a protocol"),
            AgendaItem,
            readable_extracts,
            extract_paper,
            centre=attrgetter("session.centre"),
        ),
    )
}
