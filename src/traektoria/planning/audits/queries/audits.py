"""Audits as their readers see them: the list, one of them, answers beside those of the last time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, QuerySet

from traektoria.core.paging import Page, page_of
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.planning.audits.content import Criterion, Section, criteria_of, sections_of
from traektoria.planning.audits.enums import WANTING, AuditState, FindingState, Verdict
from traektoria.planning.audits.models import Audit, AuditAnswer, AuditAuditor, AuditFile, Finding
from traektoria.planning.audits.permissions import AUDITORS

EARLIER = 6
"""So many earlier audits of the same kind are looked at for repeated findings."""


def visible_to(actor: Actor) -> QuerySet[Audit]:
    """Of the coordinator's centres; those that one audits; those of the own school."""
    mine = AuditAuditor.objects.filter(person=actor.person_id or 0).values("audit")
    audits = Q(pk__in=mine, centre__in=actor.centres(*AUDITORS))
    own = Q()
    for grant in actor.grants:
        if grant.role in HEADS and grant.school_id:
            own |= Q(centre=grant.centre_id, school=grant.school_id)
    return Audit.objects.filter(Q(centre__in=actor.centres(Role.COORDINATOR)) | audits | (own or Q(pk__in=[])))


def find_audit(actor: Actor, **lookup: object) -> Audit | None:
    """With what its page needs. Two queries."""
    rows = visible_to(actor).filter(**lookup)
    rows = rows.select_related(
        "school", "centre__municipality", "version__checklist", "signed_by", "read_by", "follows"
    )
    people = AuditAuditor.objects.select_related("person")
    return rows.prefetch_related(Prefetch("auditors", people)).first()


def audit_page(actor: Actor, asked: object, school: int | None = None, kind: str = "") -> Page[Audit]:
    """The latest first. Two queries."""
    rows = visible_to(actor)
    rows = rows.filter(school=school) if school else rows
    rows = rows.filter(kind=kind) if kind else rows
    people = AuditAuditor.objects.select_related("person")
    open_ones = Count("findings", filter=Q(findings__state=FindingState.OPEN))
    wanted = rows.select_related("school").annotate(open_findings=open_ones).order_by("-day", "-pk")
    return page_of(wanted.prefetch_related(Prefetch("auditors", people)), asked)


@dataclass
class Line:
    """One criterion of an audit: what was answered, what was attached, how it was the last time."""

    place: int
    criterion: Criterion
    answer: AuditAnswer | None = None
    files: list[AuditFile] = field(default_factory=list)
    before: AuditAnswer | None = None
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
class Sheet:
    """An audit as it is filled: sections with their lines, and the last one before it."""

    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    last: Audit | None

    @property
    def lines(self) -> list[Line]:
        return [line for _title, lines in self.sections for line in lines]

    @property
    def asked(self) -> int:
        return len(self.lines)

    @property
    def seen(self) -> int:
        return sum(line.is_seen for line in self.lines)

    @property
    def unseen(self) -> list[Line]:
        return [line for line in self.lines if not line.is_seen]

    @property
    def wanting(self) -> list[Line]:
        return [line for line in self.lines if line.is_wanting]

    @property
    def points(self) -> tuple[int, int]:
        """Given, of those that could be given for what was looked at and applies."""
        told = [(line.points, line.criterion.points) for line in self.lines]
        return sum(one or 0 for one, _most in told), sum(most for one, most in told if one is not None)


def sheet_of(audit: Audit) -> Sheet:
    """Five queries, whatever was found and however often."""
    sections = sections_of(audit.version.sections)
    earlier = list(_before(audit))
    answers = _answers([audit.pk, *(one.pk for one in earlier)])
    last = earlier[0] if earlier else None
    files = _files([audit.pk, *([last.pk] if last else [])])
    findings = {one.criterion: one for one in Finding.objects.filter(audit=last)} if last else {}
    place = iter(range(1, len(criteria_of(sections)) + 1))

    def line(criterion: Criterion) -> Line:
        number = criterion.number
        made = Line(next(place), criterion, answers[audit.pk].get(number), files[audit.pk, number])
        if last is not None:
            made.before, made.before_files = answers[last.pk].get(number), files[last.pk, number]
            made.before_finding = findings.get(number)
        made.times = _times(number, [audit, *earlier], answers)
        return made

    return Sheet(_lines(sections, line), last)


def _lines(sections: list[Section], line: object) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    return tuple((one.title, tuple(line(row) for row in one.criteria)) for one in sections)  # type: ignore[operator]


def _times(number: int, audits: Iterable[Audit], answers: Mapping[int, Mapping[int, AuditAnswer]]) -> int:
    """Back from the newest: audits that found it wanting in a row; one that did not look at it breaks nothing."""
    found = 0
    for audit in audits:
        answer = answers[audit.pk].get(number)
        if answer is not None and answer.verdict in WANTING:
            found += 1
        elif answer is not None and answer.verdict in (Verdict.YES, Verdict.NOT_APPLICABLE):
            break
    return found


def _before(audit: Audit) -> QuerySet[Audit]:
    """Signed ones of the same school and kind, the latest first."""
    rows = Audit.objects.filter(centre=audit.centre_id, school=audit.school_id, kind=audit.kind)
    older = Q(day__lt=audit.day) | Q(day=audit.day, pk__lt=audit.pk)
    return rows.filter(older, state=AuditState.SIGNED).order_by("-day", "-pk")[:EARLIER]


def _answers(audits: list[int]) -> dict[int, dict[int, AuditAnswer]]:
    found: dict[int, dict[int, AuditAnswer]] = defaultdict(dict)
    for one in AuditAnswer.objects.filter(audit__in=audits):
        found[one.audit_id][one.criterion] = one
    return found


def _files(audits: list[int]) -> dict[tuple[int, int], list[AuditFile]]:
    found: dict[tuple[int, int], list[AuditFile]] = defaultdict(list)
    for one in AuditFile.objects.filter(audit__in=audits):
        found[one.audit_id, one.criterion].append(one)
    return found


def findings_of(audit: Audit) -> list[Finding]:
    """With all that the school said. Two queries."""
    return list(audit.findings.select_related("closed_by").prefetch_related("replies__by"))
