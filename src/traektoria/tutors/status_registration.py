"""What the room tells the rooms below of the status: the menu, the desk, words of the audit, personal data."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import (
    AuditWording,
    DeskGroup,
    DeskLine,
    DeskSource,
    MenuEntry,
    PersonalData,
    TaskKind,
    audit_wording,
    desk,
    menu,
    personal_data,
    task_kinds,
)
from traektoria.organisations.regulations.reading import rules_of
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.actions.reminders import keep_statuses_by_the_clock
from traektoria.tutors.models import StaffOrder
from traektoria.tutors.queries import orders, statuses
from traektoria.tutors.queries.status_portrait import portrait
from traektoria.tutors.workflows import statuses as workflow  # noqa: F401  (the diagrams of docs/workflows)

KEEPERS = frozenset({Role.COORDINATOR, *HEADS})
MOST = 50


def desk_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """My term that ends soon, an order to read; for who keeps statuses drafts to sign and terms. Bounded queries."""
    if actor.person_id is None:
        return
    if actor.is_tutor:
        yield from _own_term(actor, today)
        yield from (_to_read(order) for order in orders.to_acquaint(actor).select_related("centre")[:MOST])
    if KEEPERS & actor.roles:
        for centre in statuses.waiting_in_centres(actor, today):
            yield from _in_centre(actor, centre)


def _own_term(actor: Actor, today: date) -> Iterable[DeskLine]:
    rows = statuses.own_statuses(actor).filter(end__gte=today, end__lte=today + statuses.SOON)
    for status in rows.select_related("centre", "regulation"):
        if rules_of(status.regulation).status.renewable:
            what, action = _("Your status of a tutor ends: renew it if you want to go on"), _("Renew")
            url = reverse("tutors:application_begin") + f"?centre={status.centre_id}"
        else:
            what, action = _("Your status of a tutor ends"), _("Open")
            url = reverse("tutors:tutor_detail", args=[status.pk])
        yield DeskLine(DeskGroup.SOON, what, status.centre.name, url, action, status.end)


def _to_read(order: StaffOrder) -> DeskLine:
    url = reverse("tutors:order_detail", args=[order.pk])
    what = _("Read the order and mark that you have read it")
    return DeskLine(DeskGroup.TODAY, what, order.centre.name, url, _("Read"))


def _in_centre(actor: Actor, centre: Any) -> Iterable[DeskLine]:
    """Orders to sign and, for the coordinator, terms that end soon in a centre of ``statuses.waiting_in_centres``."""
    if centre.drafts:
        words = ngettext("%(n)s order waits to be signed", "%(n)s orders wait to be signed", centre.drafts)
        url = reverse("tutors:order_list")
        if centre.drafts == 1:
            url = reverse("tutors:order_detail", args=[centre.draft])
        yield DeskLine(DeskGroup.TODAY, words % {"n": centre.drafts}, centre.name, url, _("Open"))
    if centre.terms and actor.has(centre.pk, Role.COORDINATOR):
        words = ngettext(
            "%(n)s status of a tutor ends within 60 days", "%(n)s statuses of tutors end within 60 days", centre.terms
        )
        url = reverse("tutors:home") + "?shown=ending"
        yield DeskLine(DeskGroup.SOON, words % {"n": centre.terms}, _("tutors"), url, _("Open"), centre.first_end)


desk.add(DeskSource("tutors.statuses", 9, desk_lines))
menu.add(
    MenuEntry(
        slug="tutors",
        order=25,
        label=gettext_lazy("Tutors"),
        url_name="tutors:home",
        icon="graduation-cap",
        visible=lambda actor: bool(actor.centre_ids),
        prefixes=(
            "/tutors/applications/",
            "/tutors/earlier/",
            "/tutors/me/",
            "/tutors/orders/",
            "/tutors/profile/",
            "/tutors/register/",
            "/tutors/tutor/",
        ),
    )
)
personal_data.add(PersonalData("tutor_status", 31, gettext_lazy("status of a tutor, orders, profile"), portrait))
_WORDS = {
    "tutor_status.grant": gettext_lazy("the status was granted"),
    "tutor_status.earlier": gettext_lazy("an earlier document was written down"),
    "tutor_status.suspend": gettext_lazy("the status was suspended"),
    "tutor_status.resume": gettext_lazy("the status is in force again"),
    "tutor_status.end": gettext_lazy("the status was ended"),
    "tutor_status.release": gettext_lazy("the status ended by an order of release"),
    "tutor_status.shorten": gettext_lazy("an order of release set the last day"),
    "tutor_status.lapse": gettext_lazy("the term was over"),
    "tutor_status.remind": gettext_lazy("a reminder of the end of the term was sent"),
    "tutor_profile.change": gettext_lazy("the profile was changed"),
    "tutor_profile.capacity": gettext_lazy("the capacity was changed"),
    "staff_order.draft": gettext_lazy("an order was prepared"),
    "staff_order.change": gettext_lazy("the draft of the order was changed"),
    "staff_order.sign": gettext_lazy("the order was signed"),
    "staff_order.cancel": gettext_lazy("the draft of the order was taken away"),
    "staff_order.acquaint": gettext_lazy("the tutor has read the order"),
    "people.role_prolonged": gettext_lazy("changed the term of a role"),
    "access.tutors.register": gettext_lazy("the register of tutors as a file"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 600 + number, sentence))
task_kinds.add(
    TaskKind(
        slug="tutors.hour",
        order=30,
        label=gettext_lazy("Terms of tutors: ending, reminding"),
        work=keep_statuses_by_the_clock,
        every=timedelta(hours=1),
        past=timedelta(minutes=5),
    )
)
