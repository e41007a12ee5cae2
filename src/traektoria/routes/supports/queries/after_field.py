"""What a teacher does next when the problem field is answered: one step, from what there is of supports and routes."""

from datetime import datetime
from typing import Any

from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.support import Step
from traektoria.routes.needs.enums import NeedState
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.supports.queries.supports import with_next_step
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.queries import OPEN


def step_after_field(person_id: int) -> Step | None:
    """Two queries at most."""
    found = _own().first(person=person_id)
    return _of_support(*found) if found else _of_need(person_id)


@prepared
def _own() -> QuerySet[TutorSupport, Any]:
    """What goes on before what is proposed, the latest first: number, state, consent, route, what was asked for."""
    mine = SupportMember.objects.filter(person=Given("person"), declined_at__isnull=True, support__state__in=OPEN)
    said = mine.filter(support=OuterRef("pk")).values("consented_at")[:1]
    own = with_next_step(TutorSupport.objects.filter(pk__in=mine.values("support")))
    rows = own.annotate(said=Subquery(said)).order_by(Case(When(state=SupportState.ACTIVE, then=0), default=1), "-pk")
    return rows.values_list("pk", "state", "said", "route_id", "asked")


def _of_support(pk: int, state: str, consented: datetime | None, route: int | None, asked: int | None) -> Step:
    page = reverse("routes:support_detail", args=[pk])
    if state == SupportState.PROPOSED and consented:
        return Step(_("You have consented: the tutor's word is awaited."), _("Open the support"), page)
    if state == SupportState.PROPOSED:
        return Step(_("A tutor is found: read what is proposed and answer."), _("Read and answer"), page)
    if route is not None:
        said = _("What you confirmed goes into your route: look at it together with the tutor.")
        return Step(said, _("Open the route"), reverse("routes:route_detail", args=[route]))
    if asked is None:
        said = _("Say in your own words what you want to learn: the route is made of it.")
        return Step(said, _("Write"), reverse("routes:request_edit", args=[pk]))
    said = _("The tutor drafts a route from what you confirmed: you read it before it begins.")
    return Step(said, _("Open the support"), page)


def _of_need(person_id: int) -> Step:
    waiting = SupportNeed.objects.filter(asked_by=person_id, state__in=[NeedState.OPEN, NeedState.OFFERED])
    need = waiting.filter(school__isnull=True).order_by("-pk").first()
    if need:
        said = _("You have asked for a tutor: the coordinator looks for one who fits.")
        return Step(said, _("Look at the request"), reverse("routes:need_detail", args=[need.pk]))
    said = _("Now ask for a tutor: it takes a minute, and nothing more is needed of you.")
    return Step(said, _("Ask for a tutor"), reverse("routes:need_new"))
