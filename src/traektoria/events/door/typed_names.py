"""Who a name that was typed at the door is: only who is called so wholly, for a guess makes somebody absent present."""

from collections import Counter
from dataclasses import dataclass

from traektoria.consultations.requests.queries.attendees import Teacher
from traektoria.core.word_search import asked, stems_of, tokens
from traektoria.events.attendance.actions import GuestWords
from traektoria.events.event.surnames import people_near

MOST_NAMED = 3


@dataclass(frozen=True)
class Known:
    """``person``: exactly one is called so, and works there. Else ``maybe``: «Иванова Мария Петровна, Школа 1», whom
    the words may mean."""

    person: int | None = None
    maybe: tuple[str, ...] = ()


def known_as(words: GuestWords, centre_id: int) -> Known:
    """Of the people of the centre. One query."""
    near = [one for one in people_near(words.name, centre_id) if may_be(one.parts, words.name)]
    found = [one for one in near if is_called(one.parts, words.name) and works_at(one.place, words.work)]
    found = [one for one in found if one.now] or found
    if len(found) == 1:
        return Known(found[0].pk)
    return Known(maybe=tuple(_said(one) for one in near[:MOST_NAMED]))


def is_called(parts: tuple[str, str, str], name: str) -> bool:
    """Surname and given name are both typed, whole; of anything else typed the patronymic alone. In any order."""
    surname, given, patronymic = (Counter(tokens(part)) for part in parts)
    typed, needed = Counter(tokens(name)), surname + given
    if not surname or not given or needed - typed:
        return False
    return not typed - needed or typed - needed == patronymic


def may_be(parts: tuple[str, str, str], name: str) -> bool:
    """Surname or given name is typed, in any form; a patronymic beside it only as a form of itself, for «Петров» is no
    beginning of «Петровна»."""
    surname, given, patronymic = map(tokens, parts)
    others = [one for one in asked(name) if not one.fits([*surname, *given])]
    forms = {stem for one in patronymic for stem in stems_of(one)}
    return len(others) < len(asked(name)) and all(one.stems & forms for one in others)


def works_at(place: str, typed: str) -> bool:
    """Each typed word is a whole word of the school, and the numbers are the same: «Школа 1» is not «Школа 15»."""
    words, there = set(tokens(typed)), set(tokens(place))
    numbers = {one for one in there if one.isdecimal()}
    return not words or (words <= there and {one for one in words if one.isdecimal()} in (set(), numbers))


def _said(one: Teacher) -> str:
    return f"{one.name}, {one.place}" if one.place else one.name
