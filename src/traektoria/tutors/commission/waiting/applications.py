"""An application waits for its candidate, for who looks at it, and for a session."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.organisations.zones import in_time_of
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import OPEN, Application
from traektoria.tutors.applications.queries.applications import APPEAL_DAYS, DECIDED, TO_CHECK, due_of
from traektoria.tutors.commission.enums import SessionState
from traektoria.tutors.commission.models import AgendaItem, Session
from traektoria.tutors.commission.policies import FINAL
from traektoria.tutors.seats.enums import CommissionState
from traektoria.tutors.seats.models import Commission, CommissionMember
from traektoria.tutors.seats.permissions import LEADING

S = ApplicationState
NOMINATED, RETURNED, DRAFT = "tutors.nominated", "tutors.returned", "tutors.draft"
CONSIDERED, DECISION = "tutors.considered", "tutors.decision"
QUEUE, NO_SESSION = "tutors.queue", "tutors.no_session"
OWN = {S.NOMINATED: NOMINATED, S.RETURNED: RETURNED, S.DRAFT: DRAFT}


@dataclass(frozen=True)
class _Leads:
    """A working commission, and its chair, deputies and secretary."""

    commission: Commission
    people: tuple[int, ...]
    has_planned: bool


def rows(applications: QuerySet[Application]) -> Iterator[Wait]:
    """Five queries."""
    found = list(applications.filter(state__in=[*OPEN, *DECIDED]).select_related("regulation", "centre__municipality"))
    handed_in = [one for one in found if one.state in (*TO_CHECK, S.ADMITTED)]
    leads = _leads({one.centre_id for one in handed_in})
    on_agenda = AgendaItem.objects.filter(application__in=handed_in).exclude(state__in=FINAL)
    taken = set(on_agenda.values_list("application", flat=True)) if handed_in else set()
    for one in found:
        with in_time_of(one.centre):
            yield _own(one)
            if one.state in TO_CHECK:
                yield from _queue(one, leads)
            elif one.state == S.ADMITTED and one.pk not in taken and one.centre_id in leads:
                yield from _without_session(one, leads[one.centre_id])


def _leads(centres: set[int]) -> dict[int, _Leads]:
    if not centres:
        return {}
    working = Commission.objects.filter(centre__in=centres, state=CommissionState.WORKING)
    seats: dict[int, list[int]] = {}
    leading = CommissionMember.objects.filter(commission__in=working, end__isnull=True, post__in=LEADING)
    for commission, person in leading.values_list("commission", "person"):
        seats.setdefault(commission, []).append(person)
    planned = set(Session.objects.filter(state=SessionState.PLANNED, centre__in=centres).values_list("commission"))
    return {one.centre_id: _Leads(one, tuple(seats.get(one.pk, ())), (one.pk,) in planned) for one in working}


def _own(one: Application) -> Wait:
    """What the candidate is asked, waits for, or may read: a decision as long as one may appeal."""
    to = addressees.person(one.person_id)
    if one.state in DECIDED and one.decided_at:
        until = timezone.localdate(one.decided_at) + timedelta(days=APPEAL_DAYS)
        return Wait(DECISION, to, one, one.centre_id, facts=_place(one), shows_until=until)
    kind = OWN.get(S(one.state), CONSIDERED)
    about = one.nominated_by_id if kind == NOMINATED else None
    return Wait(kind, to, one, one.centre_id, about, facts=_place(one), due=due_of(one))


def _place(one: Application) -> dict[str, Any]:
    """A candidate need not be of the centre (yet)."""
    return {"centre": one.centre.name}


def _queue(one: Application, leads: dict[int, _Leads]) -> Iterator[Wait]:
    centre = one.centre
    to = [addressees.of_centre(Role.COORDINATOR, centre.pk)]
    to += [addressees.heads_of(centre.pk, centre.school_id)] if centre.school_id else []
    people = leads[centre.pk].people if centre.pk in leads else ()
    to += [addressees.holder(Role.COMMISSION_MEMBER, centre.pk, person) for person in people]
    whose: dict[str, Any] = {"about_id": one.person_id, "not_for": (one.person_id,)}
    for each in to:
        yield Wait(QUEUE, each, one, centre.pk, **whose, due=due_of(one), since=one.submitted_at)


def _without_session(one: Application, leads: _Leads) -> Iterator[Wait]:
    facts = {"commission": leads.commission.pk, "name": leads.commission.name}
    for person in () if leads.has_planned else leads.people:
        to = addressees.holder(Role.COMMISSION_MEMBER, one.centre_id, person)
        yield Wait(NO_SESSION, to, one, one.centre_id, facts=facts, due=due_of(one), since=one.submitted_at)


def _page(row: Waited) -> str:
    return reverse("tutors:application_detail", args=[row.object_id])


def nominated(row: Waited) -> Words:
    return Words(_("You are nominated as a tutor: do you agree?"), row.name, _page(row), _("Read and answer"))


def returned(row: Waited) -> Words:
    return Words(_("Complete your application for the status"), row.facts["centre"], _page(row), _("Open"))


def draft(row: Waited) -> Words:
    return Words(_("Your application for the status is not submitted yet"), row.facts["centre"], _page(row), _("Go on"))


def considered(row: Waited) -> Words:
    return Words(_("Your application is considered"), row.facts["centre"], _page(row), _("Open"))


def decision(row: Waited) -> Words:
    return Words(_("The decision on your application"), row.facts["centre"], _page(row), _("Read"))


def queue(row: Waited) -> Words:
    what = ngettext("%(n)s application to look at", "%(n)s applications to look at", row.number)
    url = _page(row) if row.number == 1 else reverse("tutors:application_list") + "?state=queue"
    return Words(what % {"n": row.number}, row.name, url, _("Open"))


def no_session(row: Waited) -> Words:
    what = ngettext(
        "%(n)s admitted application waits for a session", "%(n)s admitted applications wait for a session", row.number
    )
    url = reverse("tutors:session_new", args=[row.facts["commission"]])
    return Words(what % {"n": row.number}, row.facts["name"], url, _("Plan a session"))


def _handed_in(centre_id: int) -> QuerySet[Application, int]:
    rows = Application.objects.filter(Q(state__in=TO_CHECK) | Q(state=S.ADMITTED), centre=centre_id)
    return rows.values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="tutors.applications",
        order=12,
        model=Application,
        rows=rows,
        kinds=(
            WaitingKind(NOMINATED, 12, DeskGroup.TODAY, nominated),
            WaitingKind(RETURNED, 12, DeskGroup.TODAY, returned),
            WaitingKind(
                QUEUE,
                12,
                DeskGroup.TODAY,
                queue,
                sums=True,
                letter=gettext_lazy("An application for the status of a tutor waits to be looked at"),
            ),
            WaitingKind(DRAFT, 12, DeskGroup.SOON, draft),
            WaitingKind(DECISION, 12, DeskGroup.SOON, decision),
            WaitingKind(
                NO_SESSION,
                12,
                DeskGroup.SOON,
                no_session,
                sums=True,
                letter=gettext_lazy("An admitted application waits for a session of the commission"),
            ),
            WaitingKind(CONSIDERED, 12, DeskGroup.WAITING, considered, no_letter="it is the commission's turn"),
        ),
        watches=(
            Watch(AgendaItem, lambda item: [item.application_id], frozenset({"state"})),
            Watch(Session, lambda session: _handed_in(session.centre_id), frozenset({"state"})),
            Watch(CommissionMember, lambda member: _handed_in(member.commission.centre_id)),
            Watch(Commission, lambda commission: _handed_in(commission.centre_id)),
        ),
    )
)
