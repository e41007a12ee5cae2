"""A status waits for its renewal before the term is over."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Words
from traektoria.core.waiting import waits
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.tutors.statuses.models import LIVING, TutorStatus
from traektoria.tutors.statuses.policies import ENDS_SOON, within_soon

RENEW, ENDS, TERMS = "tutors.status_renew", "tutors.status_ends", "tutors.terms"
OWN_REMINDERS = "the term has reminders of its own, by the days of the regulation (statuses.actions.reminders)"


def of_statuses(statuses: QuerySet[TutorStatus]) -> Iterator[Wait]:
    """From ``ENDS_SOON`` before the last day of the term, to that day. One query."""
    for status in statuses.filter(state__in=LIVING, end__isnull=False).select_related("regulation"):
        end = status.end
        begin = end - ENDS_SOON if end else None
        days: dict[str, Any] = {"due": end, "shows_from": begin, "shows_until": end}
        kind = RENEW if rules_of(status.regulation).status.renewable else ENDS
        own = addressees.holder(Role.TUTOR, status.centre_id, status.person_id)
        yield Wait(kind, own, status, status.centre_id, facts={"centre": status.centre_id}, **days)
        yield Wait(TERMS, addressees.of_centre(Role.COORDINATOR, status.centre_id), status, status.centre_id, **days)


def renew(row: Waited) -> Words:
    url = reverse("tutors:application_begin") + f"?centre={row.facts['centre']}"
    return Words(_("Your status of a tutor ends: renew it if you want to go on"), row.centre, url, _("Renew"))


def ends(row: Waited) -> Words:
    url = reverse("tutors:tutor_detail", args=[row.object_id])
    return Words(_("Your status of a tutor ends"), row.centre, url, _("Open"))


def terms(row: Waited) -> Words:
    what = ngettext("%(n)s status of a tutor ends %(soon)s", "%(n)s statuses of tutors end %(soon)s", row.number)
    return Words(
        what % {"n": row.number, "soon": within_soon()},
        _("tutors"),
        reverse("tutors:home") + "?shown=ending",
        _("Open"),
    )


waits(
    WaitingSource(
        slug="tutors.statuses",
        order=9,
        model=TutorStatus,
        rows=of_statuses,
        kinds=(
            WaitingKind(RENEW, 9, DeskGroup.SOON, renew, no_letter=OWN_REMINDERS),
            WaitingKind(ENDS, 9, DeskGroup.SOON, ends, no_letter=OWN_REMINDERS),
            WaitingKind(TERMS, 9, DeskGroup.SOON, terms, sums=True, no_letter=OWN_REMINDERS),
        ),
    )
)
