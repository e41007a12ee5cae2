"""What a status rests on, as far as a grant reads it: the sub-rooms above give their own rows."""

from datetime import date
from typing import Protocol

from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.people.models import Person


class Applied(Protocol):
    """The application that is granted; ``renews_id`` is the status that it prolongs."""

    @property
    def pk(self) -> int: ...
    @property
    def person_id(self) -> int: ...
    @property
    def person(self) -> Person: ...
    @property
    def centre(self) -> TutorCentre: ...
    @property
    def regulation(self) -> Regulation: ...
    @property
    def renews_id(self) -> int | None: ...
    @property
    def subjects(self) -> list[str]: ...


class Decision(Protocol):
    """The item of an agenda on which a commission decided."""

    @property
    def pk(self) -> int: ...


class Order(Protocol):
    """A signed order of the head, of appointment or release."""

    @property
    def pk(self) -> int: ...
    @property
    def effective(self) -> date: ...
    @property
    def end(self) -> date | None: ...
