"""Findings as what is to be done: whose turn each is, by when, and how often the same came before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import pgettext_lazy

from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.typography import short_day
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import AuditState, FindingState, Reply
from traektoria.planning.audits.models import Audit, Finding, FindingReply
from traektoria.planning.audits.queries.audits import before, verdicts_of, visible_to

READS, MENDS, CHECKS, SETTLES, OVER = "reads", "mends", "checks", "settles", "over"
TURNS: Final = {
    READS: pgettext_lazy("turn", "the school reads the act"),
    MENDS: pgettext_lazy("turn", "the school mends"),
    CHECKS: pgettext_lazy("turn", "the auditors check"),
    SETTLES: pgettext_lazy("turn", "the auditors look at the objection"),
    OVER: pgettext_lazy("turn", "closed"),
}
"""Whose turn it is now."""
FILTERS: Final = {
    "open": pgettext_lazy("findings", "Open"),
    "late": pgettext_lazy("findings", "Late"),
    "school": pgettext_lazy("findings", "Turn of the school"),
    "auditors": pgettext_lazy("findings", "Turn of the auditors"),
    "again": pgettext_lazy("findings", "Repeated"),
    "over": pgettext_lazy("findings", "Closed"),
}
LETTERS_SHOWN: Final = 160
_ANSWERED: Final = (Reply.OBJECTED, Reply.MENDED)


def turn_of(finding: Finding, audit: Audit, last: str | None) -> str:
    """In words. ``last``: the latest answer of the school, None where it has said nothing."""
    return str(TURNS[_turn(finding.is_open, audit.read_at, last)])


def _turn(is_open: bool, read_at: datetime | None, last: str | None) -> str:
    if not is_open:
        return OVER
    if read_at is None:
        return READS
    return {Reply.OBJECTED.value: SETTLES, Reply.MENDED.value: CHECKS}.get(last or "", MENDS)


@dataclass(frozen=True)
class FindingRow:
    """A line of the page; ``said`` is the latest answer of the school, ``turn`` in words whose turn it is."""

    pk: int
    audit: int
    title: str
    recommendation: str
    owner: str
    due: date | None
    times: int
    state: str
    school: str
    kind: str
    day: date
    read_at: datetime | None
    said: str | None
    turn: str

    @property
    def is_open(self) -> bool:
        return self.state == FindingState.OPEN

    @property
    def where(self) -> str:
        return f"{self.school}, {self.kind}, {short_day(self.day)}"

    @property
    def advice(self) -> str:
        return (
            self.recommendation
            if len(self.recommendation) <= LETTERS_SHOWN
            else f"{self.recommendation[:LETTERS_SHOWN]}…"
        )


COLUMNS: Final = (
    "pk", "audit", "title", "recommendation", "owner", "due", "times", "state", "audit__school__name", "audit__title",
    "audit__day", "audit__read_at", "last",
)  # fmt: skip
_STATE: Final = COLUMNS.index("state")
_READ: Final = COLUMNS.index("audit__read_at")


def finding_page(actor: Actor, asked: object, show: str) -> Page[FindingRow]:
    """What is due first. One query."""
    if actor.person_id is None:
        return Page([], 1, has_next=False)
    page = _rows(actor.roles, show).page(asked, **given_of(actor))
    words = {slug: str(word) for slug, word in TURNS.items()}

    def line(row: Sequence[Any]) -> FindingRow:
        state, read_at, said = row[_STATE], row[_READ], row[-1]
        return FindingRow(*(*row, words[_turn(state == FindingState.OPEN, read_at, said)]))

    return replaced(page, [line(row) for row in page.object_list])


@prepared
def _rows(roles: frozenset[Role], show: str) -> QuerySet[Finding, Any]:
    latest = FindingReply.objects.filter(finding=OuterRef("pk")).order_by("-pk").values("reply")[:1]
    signed = visible_to(anybody(roles)).filter(state=AuditState.SIGNED).order_by()
    rows = Finding.objects.filter(audit__in=signed.values("pk")).annotate(last=Subquery(latest))
    order = (F("due").asc(nulls_last=True), "-audit__day", "pk")
    return _shown(rows, show).order_by(*order).values_list(*COLUMNS)


def _shown(rows: QuerySet[Finding], show: str) -> QuerySet[Finding]:
    if show == "over":
        return rows.exclude(state=FindingState.OPEN)
    rows = rows.filter(state=FindingState.OPEN)
    at_auditors = Q(audit__read_at__isnull=False, last__in=_ANSWERED)
    wanted = {
        "late": Q(due__lt=Given("today")), "again": Q(times__gt=1), "auditors": at_auditors,
        "school": Q(audit__read_at=None) | Q(last=None) | ~Q(last__in=_ANSWERED),
    }  # fmt: skip
    return rows.filter(wanted.get(show, Q()))


@dataclass(frozen=True)
class Past:
    """One criterion over the years: what each of ``audits`` found, None where it did not ask."""

    title: str
    verdicts: tuple[str | None, ...]


def past_of(audit: Audit) -> tuple[list[Audit], list[Past]]:
    """This audit and earlier acts of the same kind at the same school, the oldest first. Two queries."""
    audits = [audit, *before(audit)][::-1]
    verdicts = verdicts_of([one.pk for one in audits])
    criteria = criteria_of(sections_of(audit.version.sections))
    return audits, [
        Past(one.title, tuple(verdicts.get((row.pk, number)) for row in audits)) for number, one in criteria.items()
    ]
