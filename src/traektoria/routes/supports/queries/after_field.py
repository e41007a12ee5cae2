"""What a teacher does next when the problem field is answered: one step, from what there is of supports and routes."""

from django.db.models import Case, OuterRef, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.support import Step
from traektoria.routes.needs.enums import NeedState
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.supports.queries.supports import with_next_step
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.queries import OPEN


def step_after_field(person_id: int) -> Step | None:
    """Two queries at most."""
    mine = SupportMember.objects.filter(person=person_id, declined_at__isnull=True, support__state__in=OPEN)
    said = mine.filter(support=OuterRef("pk")).values("consented_at")[:1]
    own = TutorSupport.objects.filter(pk__in=mine.values("support")).annotate(said=Subquery(said))
    found = with_next_step(own).order_by(Case(When(state=SupportState.ACTIVE, then=0), default=1), "-pk").first()
    return _of_support(found) if found else _of_need(person_id)


def _of_support(support: TutorSupport) -> Step:
    page = reverse("routes:support_detail", args=[support.pk])
    if support.state == SupportState.PROPOSED and getattr(support, "said", None):
        return Step(_("You have consented: the tutor's word is awaited."), _("Open the support"), page)
    if support.state == SupportState.PROPOSED:
        return Step(_("A tutor is found: read what is proposed and answer."), _("Read and answer"), page)
    if (route := getattr(support, "route_id", None)) is not None:
        said = _("What you confirmed goes into your route: look at it together with the tutor.")
        return Step(said, _("Open the route"), reverse("routes:route_detail", args=[route]))
    if getattr(support, "asked", None) is None:
        said = _("Say in your own words what you want to learn: the route is made of it.")
        return Step(said, _("Write"), reverse("routes:request_edit", args=[support.pk]))
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
