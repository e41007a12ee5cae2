"""A protocol as its pages need it: fields to fill in, or what was written down; what was posted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from traektoria.core.typography import short_day
from traektoria.diagnostics.instruments.composition import FormPart, composition_of
from traektoria.diagnostics.instruments.form_view import Presented, prefix_of, presented
from traektoria.diagnostics.items.answers import as_sent, clean
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.items.item_view import from_post
from traektoria.diagnostics.protocols.models import Protocol

MOST_TOPIC, MOST_NOTE = 500, 500


@dataclass(frozen=True)
class AnsweredItem:
    """An item with what was written down for it; ``suggest`` is where to make a supposition of it, for the tutor."""

    presented: Presented
    words: tuple[str, ...]
    suggest: str = ""


def part_of(protocol: Protocol) -> FormPart:
    """The items of the form by which the protocol is kept. One query."""
    return composition_of(protocol.version).part("")


def fields_of(protocol: Protocol, posted: QueryDict | None = None) -> list[Presented]:
    """Items with fields that hold what was filled in; what was ``posted`` and could not be taken, as it was typed."""
    part = part_of(protocol)
    if posted is None:
        return presented(part, protocol.answers)
    sent = {
        str(row.form_item.pk): as_sent(row.content, from_post(row.content, posted, prefix_of(row))) for row in part.rows
    }
    return presented(part, sent, typed=True)


def answers_in(posted: QueryDict, part: FormPart) -> dict[str, dict[str, Any]]:
    """{id of the form item: answer}. Raises ``Invalid`` for an answer that can't be given."""
    return {
        str(row.form_item.pk): clean(row.content, from_post(row.content, posted, prefix_of(row))) for row in part.rows
    }


def said_in(protocol: Protocol, *, for_tutor: bool) -> list[AnsweredItem]:
    """Items with what was written down, in words."""
    return [
        AnsweredItem(one, tuple(_words(one)), _suggestion(protocol, one) if for_tutor else "")
        for one in fields_of(protocol)
    ]


def _words(one: Presented) -> Iterator[str]:
    yield from (choice.text for choice in one.asked.choices if choice.chosen)
    value = one.asked.value
    yield from (str(value[name]) for name in ("other", "text") if value.get(name))


def _suggestion(protocol: Protocol, one: Presented) -> str:
    """The form of a supposition, filled in from a level: only those speak of something to work on."""
    content = one.row.content
    if not content.observed or not one.asked.answered:
        return ""
    occasion = f"{protocol.version.instrument.title}, {short_day(protocol.held_on)}"
    facts = {
        "topic": one.row.excerpt[:MOST_TOPIC],
        "block": one.row.item.block or CompetenceBlock.METHODICAL,
        "note": f"{occasion}: {', '.join(_words(one))}"[:MOST_NOTE],
    }
    return f"{reverse('diagnostics:person_hypothesis_add', args=[protocol.person_id])}?{urlencode(facts)}"
