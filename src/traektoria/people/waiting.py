"""What waits in the room: a centre for its schools and staff, a person for a password, an answer or a confirmation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.models import AuditEvent, Waiting
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import counted
from traektoria.core.waiting import waits
from traektoria.messaging.models import Bounce
from traektoria.organisations.models import School, TutorCentre
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.people.models import Account, Employment, Person, RoleAssignment
from traektoria.people.queries import ERASURE_ANSWERED, ERASURE_ASKED, NO_PASSWORD

SCHOOLS, DISTRICT, STAFF = "people.schools", "people.district", "people.staff"
BOUNCED = "people.bounced"
PASSWORD, ERASURE, HELD = "people.password", "people.erasure", "people.held"
DAY = timedelta(days=1)
_BASE = Coalesce(OuterRef("base_school"), 0)
MANY = 1_000


def of_centres(centres: QuerySet[TutorCentre]) -> Iterator[Wait]:
    """Those without the schools that they serve, or with nobody in them. The school at which a centre of the
    municipality was created is not all that it serves. One query."""
    others = School.objects.filter(municipality=OuterRef("municipality")).exclude(pk=_BASE)
    served = Q(school__isnull=False) | Exists(others)
    for centre in centres.annotate(has_schools=served).exclude(_filled()):
        kind = STAFF if centre.has_schools else DISTRICT if centre.base_school_id else SCHOOLS
        yield Wait(kind, addressees.of_centre(Role.COORDINATOR, centre.pk), centre, centre.pk)


def _filled() -> Q:
    """Somebody works in the schools of the centre."""
    staff = Employment.objects.filter(school__municipality=OuterRef("municipality")).exclude(school=_BASE)
    own_staff = Employment.objects.filter(school=OuterRef("school"))
    return Q(school__isnull=True) & Exists(staff) | Q(school__isnull=False) & Exists(own_staff)


@dataclass
class _Ties:
    """Until when people belong to centres and schools, by work or role; None: there is no last day."""

    centres: dict[int, dict[int, date | None]]
    schools: dict[int, dict[tuple[int, int], date | None]]
    by_role: dict[int, dict[int | None, date | None]]


@prepared
def _work_of() -> QuerySet[Employment, Any]:
    rows = Employment.objects.filter(person__in=Numbers("people"))
    return rows.values_list("person", "school", "school__municipality", "end")


@prepared
def _roles_of() -> QuerySet[RoleAssignment, Any]:
    rows = RoleAssignment.objects.filter(person__in=Numbers("people"))
    return rows.values_list("person", "centre", "school", "end")


@prepared
def _centres() -> QuerySet[TutorCentre, Any]:
    return TutorCentre.objects.order_by("pk").values_list("pk", "school", "municipality")


def _ties(people: Iterable[int]) -> _Ties:
    """Three queries."""
    found = _Ties(defaultdict(dict), defaultdict(dict), defaultdict(dict))
    people = list(people)
    if not people:
        return found
    of_school, of_place = _centres_by_place()
    for person, school, place, end in _work_of().all(people=people):
        for centre in (*of_school[school], *of_place[place]):
            _until(found.centres[person], centre, end)
            _until(found.schools[person], (centre, school), end)
    for person, centre_id, school_id, end in _roles_of().all(people=people):
        _until(found.by_role[person], centre_id, end)
        if centre_id:
            _until(found.centres[person], centre_id, end)
            if school_id:
                _until(found.schools[person], (centre_id, school_id), end)
    return found


def _centres_by_place() -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Centres of one school by it, the others by municipality."""
    of_school: dict[int, list[int]] = defaultdict(list)
    of_place: dict[int, list[int]] = defaultdict(list)
    for pk, school, place in _centres().all():
        (of_school[school] if school else of_place[place]).append(pk)
    return of_school, of_place


def _until(found: dict[Any, date | None], key: Any, end: date | None) -> None:
    last = found.get(key, end)
    found[key] = max(last, end) if last and end else None


@prepared
def _unable() -> QuerySet[Person, Any]:
    able = Account.objects.filter(person=OuterRef("pk")).exclude(Q(password="") | Q(password__startswith=NO_PASSWORD))
    return Person.objects.filter(~Exists(able), pk__in=Numbers("people")).values_list("pk")


def without_password(people: Collection[int]) -> Iterator[Wait]:
    """People who cannot sign in yet, for the coordinators who keep them; not while they have power elsewhere. Four
    queries."""
    unable = [pk for (pk,) in _unable().all(people=people)]
    ties = _ties(unable)
    for person in unable:
        for centre, until in ties.centres[person].items():
            elsewhere = [end for other, end in ties.by_role[person].items() if other != centre]
            if None in elsewhere:
                continue
            last = max((end for end in elsewhere if end), default=None)
            to = addressees.of_centre(Role.COORDINATOR, centre)
            days = {"shows_from": last and last + DAY, "shows_until": until}
            yield Wait(PASSWORD, to, person, centre, person, not_for=(person,), **days)  # type: ignore[arg-type]


@prepared
def _words_on_erasure() -> QuerySet[AuditEvent, Any]:
    rows = AuditEvent.objects.filter(object_kind="people.person", event__in=[ERASURE_ASKED, ERASURE_ANSWERED])
    there = Person.objects.filter(pk__in=Numbers("people"))
    return rows.filter(object_id__in=there.values("pk")).values_list("object_id", "event", "centre_id", "at")


def asked_to_erase(people: Collection[int]) -> Iterator[Wait]:
    """Requests that the centre has not answered. One query."""
    last = {person: told for person, *told in _words_on_erasure().all(people=people)}
    for person, (event, centre, at) in last.items():
        if event == ERASURE_ASKED and centre:
            yield Wait(ERASURE, addressees.of_centre(Role.COORDINATOR, centre), person, centre, person, since=at)


def held(accounts: QuerySet[Account]) -> Iterator[Wait]:
    """Passwords that others gave lately, for those near the person, but not for the giver. Five queries."""
    rows = [one for one in accounts.filter(held_until__isnull=False) if one.person_id and one.held_until]
    ties = _ties([one.person_id for one in rows if one.person_id])
    givers = Account.objects.filter(pk__in=[one.given_by for one in rows]).values_list("pk", "person")
    persons: dict[int | None, int | None] = dict(givers) if rows else {}
    for account in rows:
        person, since = account.person_id or 0, timezone.localdate(account.given_at)
        near = [
            *((addressees.of_centre(Role.COORDINATOR, key), until) for key, until in ties.centres[person].items()),
            *((addressees.heads_of(*key), until) for key, until in ties.schools[person].items()),
        ]
        to = {addressees.ADMINISTRATOR, *(word for word, until in near if until is None or until >= since)}
        others = tuple(pk for pk in (person, persons.get(account.given_by)) if pk)
        last = timezone.localdate(account.held_until) - DAY  # on the last day it ends by itself
        for word in sorted(to):
            yield Wait(HELD, word, account, None, person, others, {"person": person}, shows_until=last)


def bounced(accounts: QuerySet[Account]) -> Iterator[Wait]:
    """Addresses of which the mail server says that they do not exist, for the coordinators. Five queries, two where
    there are none."""
    refused = Bounce.objects.filter(address=OuterRef("email"))
    known = accounts.filter(Exists(refused), is_active=True, person__isnull=False)
    rows = list(known.values_list("pk", "person"))
    ties = _ties(person for _account, person in rows if person)
    for account, person in rows:
        for centre, until in ties.centres[person or 0].items():
            to = addressees.of_centre(Role.COORDINATOR, centre)
            yield Wait(BOUNCED, to, account, centre, person, facts={"person": person}, shows_until=until)


def bounced_words(row: Waited) -> Words:
    url = reverse("people:person_detail", args=[row.facts["person"]])
    return Words(_("Letters do not reach the e-mail: correct it"), row.name, url, _("Open"))


def _refused(bounce: Bounce) -> QuerySet[Account, int]:
    return Account.objects.filter(email=bounce.address).values_list("pk", flat=True)


def schools(row: Waited) -> Words:
    what = _("Load the schools: everything else hangs on them")
    return Words(what, row.centre, reverse("organisations:schools_import"), _("Load"))


def district(row: Waited) -> Words:
    what = _("Load the schools of the district: the centre serves them all")
    return Words(what, row.centre, reverse("organisations:schools_import"), _("Load"))


def staff(row: Waited) -> Words:
    return Words(_("Load the staff of the schools"), row.centre, reverse("people:staff_import"), _("Load"))


def password(row: Waited) -> Words:
    who = counted(row.number, "%(n)s person can't sign in yet", "%(n)s people can't sign in yet")
    return Words(_("Give out the first passwords"), who, reverse("people:first_passwords"), _("Give out"))


def erasure(row: Waited) -> Words:
    url = reverse("people:person_detail", args=[row.object_id])
    return Words(_("Answer a request to erase personal data"), row.name, url, _("Open"))


def confirm(row: Waited) -> Words:
    url = reverse("people:hand_confirm", args=[row.facts["person"]])
    return Words(_("Did they ask for the new password? Ask them and confirm"), row.name, url, _("Confirm"))


def _begun(schools: QuerySet[School]) -> list[int]:
    """Centres that still wait for schools or staff, and those that lack them (again), of these schools: for the others
    nothing changes."""
    waiting = Waiting.objects.filter(object_kind="organisations.tutorcentre", kind__in=(SCHOOLS, DISTRICT, STAFF))
    stands = [int(pk) for pk in waiting.values_list("object_id", flat=True)]
    here = Q(school__in=schools.values("pk")) | Q(municipality__in=schools.values("municipality"))
    near = TutorCentre.objects.filter(here)
    lack = near.exclude(pk__in=near.filter(_filled()).values("pk"))
    return list(near.filter(Q(pk__in=stands) | Q(pk__in=lack.values("pk"))).values_list("pk", flat=True))


def _of_schools(rows: list[School]) -> list[int]:
    return _begun(School.objects.filter(pk__in=[one.pk for one in rows]))


def _of_works(rows: list[Employment]) -> list[int]:
    return _begun(School.objects.filter(pk__in={one.school_id for one in rows}))


def _kept(centre: TutorCentre) -> QuerySet[Person, int]:
    here = Q(employments__school__in=centre.schools()) | Q(roles__centre=centre)
    return Person.objects.filter(here).distinct().values_list("pk", flat=True)


def _accounts(rows: list[Employment | RoleAssignment]) -> QuerySet[Account, int]:
    people = {one.person_id for one in rows}
    return Account.objects.filter(person__in=people, held_until__isnull=False).values_list("pk", flat=True)


def _accounts_refused(rows: list[Employment | RoleAssignment]) -> list[int]:
    """No more than one query where no address is refused."""
    refused = list(Bounce.objects.values_list("address", flat=True)[:MANY])
    people = {one.person_id for one in rows}
    return (
        list(Account.objects.filter(person__in=people, email__in=refused).values_list("pk", flat=True))
        if refused
        else []
    )


_SIGNING = frozenset({"password", "person"})
_HOLD = frozenset({"held_until", "given_at", "given_by", "person"})
waits(
    WaitingSource(
        slug="people.centres",
        order=6,
        model=TutorCentre,
        rows=of_centres,
        kinds=(
            WaitingKind(SCHOOLS, 6, DeskGroup.TODAY, schools),
            WaitingKind(DISTRICT, 6, DeskGroup.TODAY, district),
            WaitingKind(STAFF, 6, DeskGroup.TODAY, staff),
        ),
        watches=(
            Watch(School, _of_schools, frozenset({"municipality"}), many=True),
            Watch(Employment, _of_works, frozenset({"school"}), many=True),
        ),
    )
)
waits(
    WaitingSource(
        slug="people.passwords",
        order=6,
        model=Person,
        by_keys=True,
        rows=without_password,
        kinds=(WaitingKind(PASSWORD, 6, DeskGroup.TODAY, password, sums=True),),
        watches=(
            Watch(Account, lambda account: [account.person_id], _SIGNING),
            Watch(Employment, lambda work: [work.person_id]),
            Watch(RoleAssignment, lambda role: [role.person_id]),
            Watch(TutorCentre, _kept, frozenset({"school", "municipality"})),
        ),
    )
)
waits(
    WaitingSource(
        slug="people.erasures",
        order=6,
        model=Person,
        by_keys=True,
        rows=asked_to_erase,
        kinds=(WaitingKind(ERASURE, 6, DeskGroup.TODAY, erasure),),
    )
)
waits(
    WaitingSource(
        slug="people.held",
        order=4,
        model=Account,
        rows=held,
        kinds=(WaitingKind(HELD, 4, DeskGroup.TODAY, confirm),),
        watches=(
            Watch(Account, lambda account: [account.pk], _HOLD),
            Watch(Employment, _accounts, many=True),
            Watch(RoleAssignment, _accounts, many=True),
        ),
    )
)
waits(
    WaitingSource(
        slug="people.bounced",
        order=7,
        model=Account,
        rows=bounced,
        kinds=(WaitingKind(BOUNCED, 7, DeskGroup.SOON, bounced_words),),
        watches=(
            Watch(Account, lambda account: [account.pk], frozenset({"email", "is_active", "person"})),
            Watch(Bounce, _refused),
            Watch(Employment, _accounts_refused, many=True),
            Watch(RoleAssignment, _accounts_refused, many=True),
        ),
    )
)
