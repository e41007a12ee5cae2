"""The list of a centre's tutors: a page of columns, and what each of its people offers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from traektoria.core.labels import choices_of
from traektoria.core.paging import Page, counted_page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.typography import nbsp
from traektoria.organisations.regulations.schema import SupportRules
from traektoria.people.enums import Subject
from traektoria.people.models import Person, full_name
from traektoria.tutors.profiles.enums import Format
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.profiles.policies import places
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.models import TutorStatus
from traektoria.tutors.statuses.policies import ENDS_SOON, is_over
from traektoria.tutors.statuses.queries import in_force_q, loads, without_status

NAME = ("surname", "given", "patronymic")
BY_NAME = itemgetter(0, 1)
UNWRITTEN: Any = ((), (), None, None)


class ListedTutor(NamedTuple):
    """Somebody of the list; ``status`` is its number, without one the role is older than statuses."""

    sort_name: str
    person: int
    surname: str
    given: str
    patronymic: str
    status: int | None = None
    state: str = ""
    end: date | None = None

    @property
    def name(self) -> str:
        return nbsp(full_name(self.surname, self.given, self.patronymic))


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to. ``shown`` is a key of ``_shown``, ``free``: may take one more teacher."""

    shown: str = ""
    subject: str = ""
    form: str = ""
    free: bool = False


class Offer(NamedTuple):
    """What somebody offers; ``free`` of the ``places`` are left."""

    subjects: Collection[str]
    formats: Collection[str]
    places: int
    free: int


class TutorRow(NamedTuple):
    """A line of the list, which its template takes apart. ``over``: the term is past, or the status was ended; subjects
    and formats in words."""

    name: str
    status: int | None
    state: str
    over: bool
    end: date | None
    subjects: str
    formats: str
    places: int
    free: int


def without_record(centre_id: int, today: date) -> list[ListedTutor]:
    """Who has the role and no status. One query."""
    return [ListedTutor(*columns) for columns in _others().all(centre=centre_id, today=today)]


def listed_tutors(
    centre_id: int, chosen: Chosen, others: Sequence[ListedTutor], rules: SupportRules, today: date, asked: object
) -> Page[TutorRow]:
    """Tutors with a status, and ``others`` beside those in force, alphabetically. What they offer is read of the page;
    of all tutors only where a filter looks into it. Two queries and those of the loads."""
    rows = _statuses(chosen.shown).all(centre=centre_id, today=today, soon=today + ENDS_SOON)
    found: list[Any] = sorted([*rows, *(() if chosen.shown else others)], key=BY_NAME)
    if chosen.subject or chosen.form or chosen.free:
        offers = _offers(centre_id, found, rules)
        page = counted_page([one for one in found if _fits(chosen, ListedTutor(*one), offers[one[1]])], asked)
    else:
        page = counted_page(found, asked)
        offers = _offers(centre_id, page.object_list, rules)
    subjects, formats = choices_of(Subject), choices_of(Format)

    def row(one: ListedTutor) -> TutorRow:
        offer = offers[one.person]
        return TutorRow(
            name=one.name,
            status=one.status,
            state=one.state,
            over=one.state == StatusState.ENDED or is_over(one.end, today),
            end=one.end,
            subjects=_in_words(subjects, offer.subjects),
            formats=_in_words(formats, offer.formats),
            places=offer.places,
            free=offer.free,
        )

    return replaced(page, [row(ListedTutor(*one)) for one in page.object_list])


def _fits(chosen: Chosen, one: ListedTutor, offer: Offer) -> bool:
    """Offers the subject and the format and, where asked, may take one more teacher."""
    takes = one.status is None or one.state == StatusState.ACTIVE
    return (
        (not chosen.subject or chosen.subject in offer.subjects)
        and (not chosen.form or chosen.form in offer.formats)
        and (not chosen.free or (offer.free > 0 and takes))
    )


def _offers(centre_id: int, found: Iterable[Sequence[Any]], rules: SupportRules) -> dict[int, Offer]:
    """Of each of these people; who has written no profile has as many places as the regulation usually gives."""
    people = {one[1] for one in found}
    taken = loads(centre_id, people)
    written = {columns[0]: columns[1:] for columns in _profiles().all(centre=centre_id, people=people)}
    offers = {}
    for person in people:
        subjects, formats, at_once, hours = written.get(person, UNWRITTEN)
        allowed = rules.teachers_at_once if at_once is None else places(at_once, hours, rules)
        offers[person] = Offer(subjects, formats, allowed, max(0, allowed - taken[person]))
    return offers


def _in_words(labels: Sequence[tuple[str, str]], slugs: Collection[str]) -> str:
    """In the order of the labels; slugs that are no more known are left out."""
    return ", ".join([label for slug, label in labels if slug in slugs])


@prepared
def _statuses(shown: str) -> QuerySet[TutorStatus, Any]:
    rows = TutorStatus.objects.filter(_shown()[shown], centre=Given("centre")).order_by("-start", "-pk")
    names = ("sort_name", "pk", *NAME)
    return rows.values_list(*(f"person__{name}" for name in names), "pk", "state", "end")


def _shown() -> dict[str, Q]:
    """In force, of these the ones that end soon, suspended, ended. A status whose term is over counts as ended,
    whatever the nightly command did."""
    over, now = Q(end__lt=Given("today")), in_force_q(Given("today"))
    return {
        "": now,
        "ending": now & Q(end__lte=Given("soon")),
        "suspended": Q(state=StatusState.SUSPENDED) & ~over,
        "ended": Q(state=StatusState.ENDED) | over,
    }


@prepared
def _others() -> QuerySet[Person, Any]:
    return without_status(Given("centre"), Given("today")).values_list("sort_name", "pk", *NAME)


@prepared
def _profiles() -> QuerySet[TutorProfile, Any]:
    rows = TutorProfile.objects.filter(centre=Given("centre"), person__in=Numbers("people")).order_by()
    return rows.values_list("person", "subjects", "formats", "teachers_at_once", "hours_a_month")
