"""Audits as their readers see them: the list, one of them, answers beside those of the last time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from traektoria.core.joined_rows import by, hold
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import RoleAssignment, short_name
from traektoria.planning.audits.content import ChecklistSection, Criterion, criteria_of, sections_of
from traektoria.planning.audits.enums import WANTING, AuditState, FindingState, Verdict
from traektoria.planning.audits.models import Audit, AuditAnswer, AuditAuditor, AuditFile, Finding, FindingReply
from traektoria.planning.audits.permissions import AUDITORS

EARLIER = 6
"""So many earlier audits of the same kind are looked at for repeated findings."""


def visible_to(actor: Actor) -> QuerySet[Audit]:
    """Of the coordinator's centres; those that one audits; those of the school that one heads in that centre."""
    if actor.person_id is None:
        return Audit.objects.none()
    mine = AuditAuditor.objects.filter(person=actor.person_id).order_by()
    seen = Q(pk__in=mine.values("audit"), centre__in=actor.centres(*AUDITORS))
    if actor.roles & {*HEADS}:
        posts = RoleAssignment.objects.filter(in_force(actor.today), person=actor.person_id, role__in=HEADS)
        own = posts.filter(centre=OuterRef("centre"), school=OuterRef("school")).order_by()
        seen |= Q(Exists(own), centre__in=actor.centres(*HEADS))
    if actor.is_coordinator:
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    return Audit.objects.filter(seen)


def find_audit(actor: Actor, *, pk: int | None = None, token: UUID | None = None) -> Audit | None:
    """With what its page needs. Two queries."""
    if actor.person_id is None:
        return None
    key = Audit._meta.get_field("token").get_db_prep_value(token, connection) if token else None
    found: Audit | None = _one(actor.roles, token is not None).first(pk=pk, token=key, **given_of(actor))
    if found is not None:
        hold([found], "auditors", {found.pk: _auditors().all(audit=found.pk)})
    return found


@prepared
def _one(roles: frozenset[Role], by_token: bool) -> QuerySet[Audit]:
    rows = visible_to(anybody(roles)).order_by()
    rows = rows.filter(token=Given("token")) if by_token else rows.filter(pk=Given("pk"))
    return rows.select_related(
        "school", "centre__municipality", "version__checklist", "signed_by", "read_by", "follows"
    )


@prepared
def _auditors() -> QuerySet[AuditAuditor]:
    return AuditAuditor.objects.filter(audit=Given("audit")).select_related("person")


COLUMNS: Final = (
    "pk", "title", "day", "state", "read_at", "checked", "asked", "school__name",
)  # fmt: skip


@dataclass(frozen=True)
class AuditRow:
    """A line of the list; ``findings`` are open ones, ``who`` the auditors by name."""

    pk: int
    title: str
    day: date
    state: str
    read_at: datetime | None
    checked: int | None
    asked: int | None
    school: str
    findings: int
    who: str

    @property
    def is_partial(self) -> bool:
        return self.checked is not None and self.asked is not None and self.checked < self.asked

    @property
    def state_label(self) -> str:
        return text_of(AuditState, self.state)


def audit_page(actor: Actor, asked: object) -> Page[AuditRow]:
    """The latest first. Two queries."""
    if actor.person_id is None:
        return Page([], 1, has_next=False)
    page = _rows(actor.roles).page(asked, **given_of(actor))
    names: dict[int, list[str]] = defaultdict(list)
    for audit, *parts in _names().all(audits=[row[0] for row in page.object_list]) if page.object_list else ():
        names[audit].append(short_name(*parts))
    return replaced(page, [AuditRow(*(*row, ", ".join(names[row[0]]))) for row in page])


@prepared
def _rows(roles: frozenset[Role]) -> QuerySet[Audit, Any]:
    open_ones = Finding.objects.filter(audit=OuterRef("pk"), state=FindingState.OPEN).order_by().values("audit")
    counted = Coalesce(Subquery(open_ones.annotate(n=Count("pk")).values("n")), 0)
    rows = visible_to(anybody(roles)).annotate(open_findings=counted).order_by("-day", "-pk")
    return rows.values_list(*COLUMNS, "open_findings")


@prepared
def _names() -> QuerySet[AuditAuditor, Any]:
    rows = AuditAuditor.objects.filter(audit__in=Numbers("audits")).order_by("pk")
    return rows.values_list("audit", "person__surname", "person__given", "person__patronymic")


class Answered(NamedTuple):
    """What was found by one criterion, as pages read it."""

    audit: int
    criterion: int
    verdict: str
    why: str
    note: str
    concerns: str
    address: str
    seen_at: datetime | None

    def get_verdict_display(self) -> str:
        return text_of(Verdict, self.verdict)


@dataclass
class CriterionLine:
    """One criterion of an audit: what was answered, what was attached, how it was the last time."""

    place: int
    criterion: Criterion
    answer: Answered | None = None
    files: list[AuditFile] = field(default_factory=list)
    before: Answered | None = None
    before_files: list[AuditFile] = field(default_factory=list)
    before_finding: Finding | None = None
    times: int = 0
    """So many audits in a row, this one counted where it is so again, found it wanting."""

    @property
    def is_seen(self) -> bool:
        return self.answer is not None and self.answer.verdict != Verdict.UNSEEN

    @property
    def is_wanting(self) -> bool:
        return self.answer is not None and self.answer.verdict in WANTING

    @property
    def points(self) -> int | None:
        return points_of(self.criterion, self.answer.verdict) if self.answer else None


def points_of(criterion: Criterion, verdict: str) -> int | None:
    """None where nothing can be said: not looked at, does not apply."""
    given = {Verdict.YES: criterion.points, Verdict.PARTLY: criterion.partly, Verdict.NO: 0}
    return given.get(Verdict(verdict))


@dataclass(frozen=True)
class FilledAudit:
    """An audit as it is filled: sections with their lines, and the last one before it."""

    sections: tuple[tuple[str, tuple[CriterionLine, ...]], ...]
    last: Audit | None

    @property
    def lines(self) -> list[CriterionLine]:
        return [line for _title, lines in self.sections for line in lines]

    @property
    def asked(self) -> int:
        return len(self.lines)

    @property
    def seen(self) -> int:
        return sum(line.is_seen for line in self.lines)

    @property
    def unseen(self) -> list[CriterionLine]:
        return [line for line in self.lines if not line.is_seen]

    @property
    def wanting(self) -> list[CriterionLine]:
        return [line for line in self.lines if line.is_wanting]

    @property
    def points(self) -> tuple[int, int]:
        """Given, of those that could be given for what was looked at and applies."""
        told = [(line.points, line.criterion.points) for line in self.lines]
        return sum(one or 0 for one, _most in told), sum(most for one, most in told if one is not None)


def sheet_of(audit: Audit) -> FilledAudit:
    """Five queries at most, whatever was found and however often."""
    sections = sections_of(audit.version.sections)
    earlier = before(audit)
    last = earlier[0] if earlier else None
    answers = _by_audit([audit.pk, *([last.pk] if last else [])])
    verdicts = verdicts_of([one.pk for one in earlier])
    files = _files([audit.pk, *([last.pk] if last else [])])
    findings = {one.criterion: one for one in _of_audit().all(audit=last.pk)} if last else {}
    place = iter(range(1, len(criteria_of(sections)) + 1))

    def line(criterion: Criterion) -> CriterionLine:
        number = criterion.number
        made = CriterionLine(next(place), criterion, answers[audit.pk].get(number), files[audit.pk, number])
        if last is not None:
            made.before, made.before_files = answers[last.pk].get(number), files[last.pk, number]
            made.before_finding = findings.get(number)
        made.times = _times(made.answer, [verdicts.get((one.pk, number)) for one in earlier])
        return made

    return FilledAudit(_lines(sections, line), last)


def _lines(sections: list[ChecklistSection], line: object) -> tuple[tuple[str, tuple[CriterionLine, ...]], ...]:
    return tuple((one.title, tuple(line(row) for row in one.criteria)) for one in sections)  # type: ignore[operator]


def _times(answer: Answered | None, earlier: Iterable[str | None]) -> int:
    """Back from the newest: audits that found it wanting in a row; one that did not look at it breaks nothing."""
    found = 0
    for verdict in (answer.verdict if answer else None, *earlier):
        if verdict in WANTING:
            found += 1
        elif verdict in (Verdict.YES, Verdict.NOT_APPLICABLE):
            break
    return found


def before(audit: Audit) -> list[Audit]:
    """Signed ones of the same school and kind, the latest first. One query."""
    return _earlier().all(
        limit=EARLIER, pk=audit.pk, centre=audit.centre_id, school=audit.school_id, kind=audit.kind, day=audit.day
    )


@prepared
def _earlier() -> QuerySet[Audit]:
    older = Q(day__lt=Given("day")) | Q(day=Given("day"), pk__lt=Given("pk"))
    rows = Audit.objects.filter(centre=Given("centre"), school=Given("school"), kind=Given("kind"))
    return rows.filter(older, state=AuditState.SIGNED).select_related(None).order_by("-day", "-pk")


def _by_audit(audits: list[int]) -> dict[int, dict[int, Answered]]:
    found: dict[int, dict[int, Answered]] = defaultdict(dict)
    for one in map(Answered._make, _answers().all(audits=audits)):
        found[one.audit][one.criterion] = one
    return found


def verdicts_of(audits: list[int]) -> dict[tuple[int, int], str]:
    """By audit and criterion. One query, none for no audits."""
    rows = _verdicts().all(audits=audits) if audits else ()
    return {(audit, criterion): verdict for audit, criterion, verdict in rows}


@prepared
def _verdicts() -> QuerySet[AuditAnswer, Any]:
    rows = AuditAnswer.objects.filter(audit__in=Numbers("audits")).order_by()
    return rows.values_list("audit", "criterion", "verdict")


@prepared
def _answers() -> QuerySet[AuditAnswer, Any]:
    rows = AuditAnswer.objects.filter(audit__in=Numbers("audits")).order_by("criterion")
    return rows.values_list("audit", "criterion", "verdict", "why", "note", "concerns", "address", "seen_at")


def _files(audits: list[int]) -> dict[tuple[int, int], list[AuditFile]]:
    found: dict[tuple[int, int], list[AuditFile]] = defaultdict(list)
    for one in _attached().all(audits=audits):
        found[one.audit_id, one.criterion].append(one)
    return found


@prepared
def _attached() -> QuerySet[AuditFile]:
    return AuditFile.objects.filter(audit__in=Numbers("audits")).order_by("pk")


@prepared
def _of_audit() -> QuerySet[Finding]:
    return Finding.objects.filter(audit=Given("audit")).select_related("closed_by").order_by("pk")


def findings_of(audit: Audit) -> list[Finding]:
    """With all that the school said. Two queries."""
    found = _of_audit().all(audit=audit.pk)
    hold(found, "replies", by("finding_id", _replies().all(audit=audit.pk)) if found else {})
    return found


@prepared
def _replies() -> QuerySet[FindingReply]:
    rows = FindingReply.objects.filter(finding__audit=Given("audit"))
    return rows.select_related("by").order_by("pk")
