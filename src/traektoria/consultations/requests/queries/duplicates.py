"""Requests that may ask for the same: what one answer, or one consultation for several, would serve."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from traektoria.consultations.requests.enums import OPEN, RequestState
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.queries.rows import RequestRow
from traektoria.core.labels import text_of
from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.word_search import stems_of, tokens
from traektoria.people.models import short_name

LOOKED_AT = 200
MOST_SHOWN = 5
ALIKE = 0.5
LEAST_LETTERS = 4


@dataclass(frozen=True)
class Likely:
    """Another open request of the centre in the subject. ``same_asker``: of the same person or school."""

    pk: int
    topic: str
    asker: str
    state: str
    asked_at: datetime
    likeness: float
    same_asker: bool

    @property
    def state_label(self) -> str:
        return text_of(RequestState, self.state)


def likely_same(row: RequestRow) -> list[Likely]:
    """Those whose topic has at least half of the words in common, or that the same person or school asks, the likest
    first. One query."""
    own = words_of(row.topic)
    found = []
    columns = _others().all(centre=row.centre, subject=row.subject, own=row.pk, limit=LOOKED_AT)
    for pk, topic, state, asked_at, school, school_name, asked_by, *name in columns:
        same = asked_by == row.asked_by or (school is not None and school == row.school)
        alike = likeness(own, words_of(topic))
        if alike >= ALIKE or (same and alike > 0):
            found.append(Likely(pk, topic, school_name or short_name(*name), state, asked_at, alike, same))
    return sorted(found, key=lambda one: (-one.likeness, not one.same_asker, one.pk))[:MOST_SHOWN]


def likeness(one: list[frozenset[str]], other: list[frozenset[str]]) -> float:
    """The share of words of the shorter one that the other has too, in whatever form they stand (0–1)."""
    few, many = sorted((one, other), key=len)
    return sum(any(word & there for there in many) for word in few) / len(few) if few else 0.0


def words_of(text: str) -> list[frozenset[str]]:
    """The stems of each word that says something."""
    return [stems_of(word) for word in dict.fromkeys(tokens(text)) if len(word) >= LEAST_LETTERS or word.isdecimal()]


@prepared
def _others() -> QuerySet[ConsultationRequest, Any]:
    rows = ConsultationRequest.objects.filter(
        ~Q(pk=Given("own")), centre=Given("centre"), subject=Given("subject"), state__in=OPEN
    )
    name = ("asked_by__surname", "asked_by__given", "asked_by__patronymic")
    columns = ("pk", "topic", "state", "asked_at", "school", "school__name", "asked_by", *name)
    return rows.order_by("-asked_at", "-pk").values_list(*columns)
