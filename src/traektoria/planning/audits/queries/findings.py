"""Findings as what is to be done: whose turn each is, by when, and how often the same came before."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import pgettext_lazy

from traektoria.core.paging import Page, page_of
from traektoria.people.actor import Actor
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import AuditState, FindingState, Reply
from traektoria.planning.audits.models import Audit, AuditAnswer, Finding, FindingReply
from traektoria.planning.audits.queries.audits import EARLIER, visible_to

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
_ANSWERED: Final = (Reply.OBJECTED, Reply.MENDED)


def turn_of(finding: Finding, audit: Audit, last: str | None) -> str:
    """In words. ``last``: the latest answer of the school, None where it has said nothing."""
    return str(TURNS[_turn(finding, audit, last)])


def _turn(finding: Finding, audit: Audit, last: str | None) -> str:
    if not finding.is_open:
        return OVER
    if audit.read_at is None:
        return READS
    return {Reply.OBJECTED.value: SETTLES, Reply.MENDED.value: CHECKS}.get(last or "", MENDS)


def finding_page(actor: Actor, asked: object, show: str, today: date) -> Page[Finding]:
    """What is due first; each with ``last``, the latest answer. Two queries."""
    latest = FindingReply.objects.filter(finding=OuterRef("pk")).order_by("-pk").values("reply")[:1]
    rows = Finding.objects.filter(audit__in=visible_to(actor).filter(state=AuditState.SIGNED).values("pk"))
    rows = _shown(rows.annotate(last=Subquery(latest)), show, today)
    order = (F("due").asc(nulls_last=True), "-audit__day", "pk")
    return page_of(rows.select_related("audit__school").order_by(*order), asked)


def _shown(rows: QuerySet[Finding], show: str, today: date) -> QuerySet[Finding]:
    if show == "over":
        return rows.exclude(state=FindingState.OPEN)
    rows = rows.filter(state=FindingState.OPEN)
    at_auditors = Q(audit__read_at__isnull=False, last__in=_ANSWERED)
    wanted = {
        "late": Q(due__lt=today), "again": Q(times__gt=1), "auditors": at_auditors,
        "school": Q(audit__read_at=None) | Q(last=None) | ~Q(last__in=_ANSWERED),
    }  # fmt: skip
    return rows.filter(wanted.get(show, Q()))


@dataclass(frozen=True)
class Past:
    """One criterion over the years: what each of ``audits`` found, None where it did not ask."""

    title: str
    verdicts: tuple[AuditAnswer | None, ...]


def past_of(audit: Audit) -> tuple[list[Audit], list[Past]]:
    """This audit and earlier acts of the same kind at the same school, the oldest first. Two queries."""
    rows = Audit.objects.filter(centre=audit.centre_id, school=audit.school_id, kind=audit.kind)
    older = Q(day__lt=audit.day) | Q(day=audit.day, pk__lt=audit.pk)
    audits = [audit, *rows.filter(older, state=AuditState.SIGNED).order_by("-day", "-pk")[:EARLIER]][::-1]
    answers = {
        (one.audit_id, one.criterion): one for one in AuditAnswer.objects.filter(audit__in=[one.pk for one in audits])
    }
    criteria = criteria_of(sections_of(audit.version.sections))
    return audits, [
        Past(one.title, tuple(answers.get((row.pk, number)) for row in audits)) for number, one in criteria.items()
    ]
