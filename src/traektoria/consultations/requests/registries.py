"""What rooms to the left know of a request and its tutors: hours booked for it that are to come, what else answers it,
who is away."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.core.registries import Registry
from traektoria.people.actor import Actor


@dataclass(frozen=True)
class RequestUser:
    """Who arranges hours for requests.

    ``standing``: number and beginning of what is to come. ``hold`` locks it, before the request is locked. ``off``
    cancels it together with the request, in the same transaction, with a reason: by who asked or by the centre, and
    says whom it told. It raises where who asked is too late for it.
    """

    slug: str
    order: int
    standing: Callable[[int], list[tuple[int, datetime]]]
    hold: Callable[[int], None]
    off: Callable[[ConsultationRequest, str, Actor, bool], set[int]]


request_users: Registry[RequestUser] = Registry("request users")


@dataclass(frozen=True)
class Absentees:
    """Who knows of absences. ``away``: of these tutors those who are away on the day, and their last day of it."""

    slug: str
    order: int
    away: Callable[[Collection[int], date], dict[int, date]]


absentees: Registry[Absentees] = Registry("absentees")


@dataclass(frozen=True)
class Answered:
    """What answers a request beside its tutor: where it stands, what it is, in words; ``open``: the school can still
    register teachers for it."""

    url: str
    words: str
    open: bool


@dataclass(frozen=True)
class RequestAnswer:
    """Who knows what else answers a request of a school. ``found``: by its number, one query."""

    slug: str
    order: int
    found: Callable[[int], Sequence[Answered]]


request_answers: Registry[RequestAnswer] = Registry("answers of requests")


def away_until(tutors: Collection[int], day: date) -> dict[int, date]:
    """By tutor: the last day of an absence that holds the day. A query of each who knows."""
    return {tutor: last for one in absentees for tutor, last in one.away(tutors, day).items()}


def hours_of(request_id: int) -> list[tuple[int, datetime]]:
    """What is booked for the request and has not begun, the nearest first: number and beginning. One query."""
    return sorted((one for user in request_users for one in user.standing(request_id)), key=lambda one: one[1:])


def answered_by(request_id: int) -> list[Answered]:
    """Of a request of a school. A query of each who knows."""
    return [one for answer in request_answers for one in answer.found(request_id)]


def hold_hours(request_id: int) -> None:
    for user in request_users:
        user.hold(request_id)


def cancel_hours(request: ConsultationRequest, why: str, by: Actor, *, by_asker: bool = False) -> set[int]:
    """What was booked for the locked request goes with it; who has been told."""
    return {person for user in request_users for person in user.off(request, why, by, by_asker)}
