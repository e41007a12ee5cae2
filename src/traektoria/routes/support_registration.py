"""What the supports tell the rooms below: who supports whom, the desk, the menu, words of the audit."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import (
    AfterField,
    AuditWording,
    ConsentSource,
    DeskGroup,
    DeskLine,
    DeskSource,
    Farewell,
    MenuEntry,
    Tutees,
    TutorLoads,
    after_field,
    audit_wording,
    consent_sources,
    desk,
    farewells,
    menu,
    tutees,
    tutor_loads,
)
from traektoria.people.actor import Actor
from traektoria.routes.actions.settling import settle_person
from traektoria.routes.consents import consents_of
from traektoria.routes.enums import SupportState
from traektoria.routes.models import TutorSupport
from traektoria.routes.queries import supports as queries
from traektoria.routes.queries.after_field import step_after_field
from traektoria.routes.queries.capacity import loads

RECENT = timedelta(days=14)


def desk_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """Consents asked of me, consents I wait for, my running supports without a request or a route. Bounded queries."""
    if actor.is_coordinator:
        yield from _centre_lines(actor, today)
    if not (actor.is_tutor or actor.is_teacher):
        return
    for support in queries.of_the_desk(actor, today - RECENT):
        if getattr(support, "wants_consent", False):
            yield _consent_line(support, actor)
        else:
            yield from _line(support, actor, today)


def _centre_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """What a coordinator looks after: supports that nobody leads any more, proposals without an answer, supports whose
    period is over. One query."""
    unanswered, over, left = queries.counts_of_centres(actor, today)
    if left:
        words = ngettext("%(n)s support has no tutor any more", "%(n)s supports have no tutor any more", left)
        url = reverse("routes:support_list") + f"?state={queries.NO_TUTOR}"
        yield DeskLine(DeskGroup.TODAY, words % {"n": left}, _("hand it over to another tutor"), url, _("Open"))
    if unanswered:
        words = ngettext("%(n)s support waits for consent", "%(n)s supports wait for consent", unanswered)
        url = reverse("routes:support_list") + f"?state={SupportState.PROPOSED}"
        yield DeskLine(DeskGroup.WAITING, words % {"n": unanswered}, _("tutors and teachers"), url, _("Open"))
    if over:
        words = ngettext("%(n)s support is past its period", "%(n)s supports are past their period", over)
        url = reverse("routes:support_list") + f"?state={SupportState.ACTIVE}"
        yield DeskLine(DeskGroup.SOON, words % {"n": over}, _("tutors and teachers"), url, _("Open"))


def _consent_line(support: TutorSupport, actor: Actor) -> DeskLine:
    return DeskLine(
        group=DeskGroup.TODAY,
        what=_("Your consent to tutor support is asked"),
        who=_other(support, actor),
        url=reverse("routes:support_detail", args=[support.pk]),
        action=_("Read and answer"),
    )


def _line(support: TutorSupport, actor: Actor, today: date) -> Iterable[DeskLine]:
    url = reverse("routes:support_detail", args=[support.pk])
    leads = support.tutor_id == actor.person_id
    who = _other(support, actor)
    if support.state == SupportState.PROPOSED:
        what = _("The other side's consent to tutor support")
        yield DeskLine(DeskGroup.WAITING, what, who, url, _("Open"))
    elif support.end < today and leads:
        what = _("The period of the support is over: end it or agree on a new one")
        yield DeskLine(DeskGroup.TODAY, what, who, url, _("Open"), support.end, overdue=True)
    elif not getattr(support, "asked", True) and getattr(support, "route_id", None) is None:
        yield _request_line(support, leads, who)
    elif leads and getattr(support, "route_id", None) is None:
        yield DeskLine(DeskGroup.SOON, _("Draft the learning route"), who, url, _("Open"))
    elif getattr(support, "began_lately", False):
        yield DeskLine(DeskGroup.DONE, _("Tutor support has begun"), who, url, _("Open"))


def _request_line(support: TutorSupport, leads: bool, who: str) -> DeskLine:
    """The teacher is asked for the request; the tutor waits for it."""
    if leads:
        url = reverse("routes:support_detail", args=[support.pk])
        return DeskLine(DeskGroup.WAITING, _("The teacher's learning request"), who, url, _("Open"))
    url = reverse("routes:request_edit", args=[support.pk])
    return DeskLine(DeskGroup.TODAY, _("Say what you want to learn or change"), who, url, _("Write"))


def _other(support: TutorSupport, actor: Actor) -> str:
    """The other side: the teacher or group for the tutor, the tutor for a teacher."""
    return support.title if support.tutor_id == actor.person_id else support.tutor.short_name


tutees.add(Tutees("routes.supports", 10, queries.tutee_ids, queries.covers, queries.held_with))
after_field.add(AfterField("routes.supports", 10, step_after_field))
farewells.add(Farewell("routes.supports", 10, settle_person))
consent_sources.add(ConsentSource("routes.supports", 20, consents_of))
tutor_loads.add(TutorLoads("routes.supports", 10, loads))
desk.add(DeskSource("routes.supports", 10, desk_lines))
menu.add(
    MenuEntry(
        slug="supports",
        order=21,
        label=gettext_lazy("Support"),
        url_name="routes:support_list",
        icon="users-round",
        visible=lambda actor: actor.is_tutor or actor.is_coordinator or actor.is_head,
        prefixes=("/support/",),
    )
)
_WORDS = {
    "support.propose": gettext_lazy("support proposed"),
    "support.consent": gettext_lazy("consented"),
    "support.begin": gettext_lazy("support began: both sides consented"),
    "support.decline": gettext_lazy("support declined"),
    "support.leave": gettext_lazy("left the group or declined to join it"),
    "support.end": gettext_lazy("support ended"),
    "support.add_member": gettext_lazy("a teacher was asked to join the group"),
    "support.reassign": gettext_lazy("another tutor was asked to go on"),
    "support.empty": gettext_lazy("the last teacher left the group: support ended"),
    "support.lapse": gettext_lazy("proposal lapsed: no longer a tutor"),
    "support.hand_over": gettext_lazy("another tutor goes on"),
    "support.request": gettext_lazy("learning request written"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 300 + number, sentence))
