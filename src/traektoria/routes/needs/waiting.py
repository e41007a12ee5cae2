"""A request for a tutor waits for the coordinator, and its people wait for a tutor."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import counted, local_day
from traektoria.core.waiting import waits
from traektoria.organisations.models import School
from traektoria.people import addressees
from traektoria.people.enums import Role, Subject
from traektoria.routes.needs.enums import NeedState
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.needs.queries import OPEN_NEED

LOOKING, OFFERED, NAMED, BOARD = "routes.need", "routes.need_offered", "routes.need_named", "routes.needs"
LONG = timedelta(days=14)
IN_HOURS = 48


def rows(needs: QuerySet[SupportNeed]) -> Iterator[Wait]:
    """Two queries."""
    for need in needs.filter(state__in=OPEN_NEED).select_related("school").prefetch_related("teachers"):
        named = {one.pk for one in need.teachers.all()}
        if need.state == NeedState.OPEN:
            to = addressees.of_centre(Role.COORDINATOR, need.centre_id)
            yield Wait(BOARD, to, need, need.centre_id, since=need.created_at)
        for person_id in sorted(named | {need.asked_by_id}):
            if need.state == NeedState.OFFERED and person_id in named:  # their consent is asked there
                continue
            yield _of_person(need, person_id)


def _of_person(need: SupportNeed, person_id: int) -> Wait:
    to, facts = addressees.person(person_id), {"subject": need.subject}
    if need.school and person_id != need.asked_by_id:
        return Wait(NAMED, to, need, need.centre_id, facts={"school": need.school.name})
    return Wait(OFFERED if need.state == NeedState.OFFERED else LOOKING, to, need, need.centre_id, facts=facts)


def board(row: Waited) -> Words:
    """How many wait, and how long the oldest does."""
    what = counted(row.number, "%(n)s request waits for a tutor", "%(n)s requests wait for a tutor")
    return Words(what, _age(timezone.now() - row.since), reverse("routes:need_board"), _("Find tutors"))


def _age(age: timedelta) -> str:
    """In hours for the first two days: answers are promised in hours."""
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return _("the oldest for less than an hour")
    if hours < IN_HOURS:
        return counted(hours, "the oldest for %(n)s hour", "the oldest for %(n)s hours")
    return counted(age.days, "the oldest for %(n)s day", "the oldest for %(n)s days")


def calls(row: Waited) -> DeskGroup:
    return DeskGroup.TODAY if row.today - local_day(row.since) > LONG else DeskGroup.SOON


def named(row: Waited) -> Words:
    what = _("The school asked for a tutor for you: nothing begins without your consent")
    return Words(what, row.facts["school"], _page(row), _("Read"))


def looking(row: Waited) -> Words:
    what = _("A tutor is looked for by your request")
    return Words(what, str(Subject(row.facts["subject"]).label), _page(row), _("Open"))


def offered(row: Waited) -> Words:
    what = _("A tutor is offered: the answers are awaited")
    return Words(what, str(Subject(row.facts["subject"]).label), _page(row), _("Open"))


def _page(row: Waited) -> str:
    return reverse("routes:need_detail", args=[row.object_id])


waits(
    WaitingSource(
        slug="routes.needs",
        order=12,
        model=SupportNeed,
        rows=rows,
        kinds=(
            WaitingKind(BOARD, 12, DeskGroup.SOON, board, sums=True, group_of=calls),
            WaitingKind(NAMED, 12, DeskGroup.WAITING, named),
            WaitingKind(LOOKING, 12, DeskGroup.WAITING, looking),
            WaitingKind(OFFERED, 12, DeskGroup.WAITING, offered),
        ),
        watches=(
            Watch(
                School,
                lambda school: school.support_needs.filter(state__in=OPEN_NEED).values_list("pk", flat=True),
                frozenset({"name"}),
            ),
        ),
    )
)
