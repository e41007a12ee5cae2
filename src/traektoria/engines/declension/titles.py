"""Job titles in six cases: «учитель математики» → «учителя математики».

Only the head of the phrase changes: its adjectives and the first noun («старшего методиста»). What follows the head
(«математики», «директора по УВР») already stands in its own case. A title of two posts is declined in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .dictionary import GRAMMEMES, analyzer
from .model import Case, Declined

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

_ACTING = re.compile(r"(?:и\.\s*о\.|врио\b|вр\.\s*и\.\s*о\.|врид\b)", re.IGNORECASE)
_SEPARATOR = re.compile(r"(\s*[,;/]\s*|\s+и\s+)(?![^(]*\))")
_MODIFIERS = {"ADJF", "PRTF"}
#: Posts younger than the dictionary: its guess at their endings is right when read as a person.
_NEW_POSTS = {"тьютор", "коуч", "медиатор", "супервизор", "модератор"}


def decline_title(title: str, case: Case) -> Declined:
    """The job title in ``case``; an unknown word or an abbreviation stays as it is and is not certain.

    «и. о. директора» is the same in every case, and certain.
    """
    text = " ".join(title.split())
    if case is Case.NOMINATIVE or _ACTING.match(text):
        return Declined(text)
    first, *rest = _SEPARATOR.split(text)
    head = _phrase(first, case)
    others = [_phrase(piece, case).text if index % 2 else piece for index, piece in enumerate(rest)]
    return Declined(head.text + "".join(others), head.certain)


def _phrase(phrase: str, case: Case) -> Declined:
    """Decline words up to and including the first noun that stands in the nominative."""
    words = phrase.split(" ")
    done: list[str] = []
    for index, word in enumerate(words):
        parse = _nominative(word)
        if parse is None:
            break
        done.append(_inflected(word, parse, case))
        if parse.tag.POS == "NOUN" or index + 1 == len(words) or _nominative(words[index + 1]) is None:
            return Declined(" ".join([*done, *words[index + 1 :]]))
    return Declined(phrase, False)


def _nominative(word: str) -> Parse | None:
    """The reading of a word as a singular nominative: a person first, then an adjective («старший»), then any noun."""
    last = word.rsplit("-", 1)[-1]
    if not re.search("[а-яё]{2}", last, re.IGNORECASE):
        return None
    trusted = last.lower() in _NEW_POSTS
    readings = [p for p in analyzer().parse(last) if {"nomn", "sing"} <= p.tag.grammemes and (p.is_known or trusted)]
    return min(readings, key=_preference, default=None)


def _preference(parse: Parse) -> int:
    if parse.tag.POS in _MODIFIERS:
        return 0
    if parse.tag.POS != "NOUN":
        return 3
    return 1 if "anim" in parse.tag else 2


def _inflected(word: str, parse: Parse, case: Case) -> str:
    """Every half of «педагог-психолог» that is a noun in the nominative changes."""
    *firsts, last = word.split("-")
    changed = [_form(piece, reading, case) if (reading := _nominative(piece)) else piece for piece in firsts]
    return "-".join([*changed, _form(last, parse, case)])


def _form(piece: str, parse: Parse, case: Case) -> str:
    """A post is held by a person, so the masculine accusative is the genitive whatever the dictionary says."""
    person = case is Case.ACCUSATIVE and "masc" in parse.tag
    form = parse.inflect({GRAMMEMES[Case.GENITIVE if person else case], "sing"})
    return _same_case(piece, str(form.word)) if form else piece


def _same_case(pattern: str, word: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return word.capitalize() if pattern[:1].isupper() else word
