"""What audits lay on people's desks: to audit, to name who audits, to answer an act, to mend a finding, to look at an
objection."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.planning.audits.enums import AuditState, FindingState, Reply
from traektoria.planning.audits.models import Audit, AuditAuditor, Finding, FindingReply

DO, NAME, ANSWER = "planning.audit", "planning.audit_unmanned", "planning.audit_answer"
MEND, SETTLE = "planning.finding", "planning.objection"


def rows(audits: QuerySet[Audit]) -> Iterator[Wait]:
    """Of open ones to the auditors; of signed ones that nobody at the school has read, to its heads. Two queries."""
    wanted = audits.filter(state__in=[AuditState.PLANNED, AuditState.GOING, AuditState.SIGNED])
    for audit in wanted.select_related("school").prefetch_related("auditors"):
        facts = {"title": audit.title[:200], "school": audit.school.name}
        if audit.is_open:
            for one in audit.auditors.all():
                yield Wait(DO, addressees.person(one.person_id), audit, audit.centre_id, facts=facts, due=audit.day)
            if not audit.auditors.all():
                to = addressees.of_centre(Role.COORDINATOR, audit.centre_id)
                yield Wait(NAME, to, audit, audit.centre_id, facts=facts, due=audit.day)
        elif audit.read_at is None:
            to = addressees.heads_of(audit.centre_id, audit.school_id)
            yield Wait(ANSWER, to, audit, audit.centre_id, facts=facts, due=audit.reply_due)


def of_findings(findings: QuerySet[Finding]) -> Iterator[Wait]:
    """Of open ones: to the school by their day, until it says that they are mended; then, and where it objects, to the
    auditors, and where none of them is left, to the coordinators. Three queries."""
    wanted = findings.filter(state=FindingState.OPEN, audit__read_at__isnull=False)
    for one in wanted.select_related("audit__school").prefetch_related("replies", "audit__auditors"):
        audit, last = one.audit, list(one.replies.all())[-1:]
        facts = {"title": one.title[:200], "school": audit.school.name, "audit": audit.pk}
        if last and last[0].reply in (Reply.OBJECTED, Reply.MENDED):
            facts["objected"] = last[0].reply == Reply.OBJECTED
            people = [addressees.person(auditor.person_id) for auditor in audit.auditors.all()]
            for to in people or [addressees.of_centre(Role.COORDINATOR, audit.centre_id)]:
                yield Wait(SETTLE, to, one, audit.centre_id, facts=facts)
        elif one.due is not None:
            to = addressees.heads_of(audit.centre_id, audit.school_id)
            yield Wait(MEND, to, one, audit.centre_id, facts=facts, due=one.due)


def do(row: Waited) -> Words:
    return Words(_("Audit: %(title)s") % row.facts, row.facts["school"], _page(row.object_id), _("Begin"))


def name(row: Waited) -> Words:
    to = reverse("planning:audit_auditors", args=[row.object_id])
    return Words(_("Nobody audits: %(title)s") % row.facts, row.facts["school"], to, _("Name auditors"))


def answer(row: Waited) -> Words:
    return Words(_("Answer the act: %(title)s") % row.facts, row.facts["school"], _page(row.object_id), _("Read"))


def mend(row: Waited) -> Words:
    return Words(
        _("Mend after the audit: %(title)s") % row.facts, row.facts["school"], _page(row.facts["audit"]), _("Open")
    )


def settle(row: Waited) -> Words:
    said = _("The school objects: %(title)s") if row.facts["objected"] else _("The school has mended: %(title)s")
    return Words(said % row.facts, row.facts["school"], _page(row.facts["audit"]), _("Look"))


def _page(pk: object) -> str:
    return reverse("planning:audit_detail", args=[pk])


waits(
    WaitingSource(
        slug="planning.audits",
        order=18,
        model=Audit,
        rows=rows,
        kinds=(
            WaitingKind(DO, 18, DeskGroup.SOON, do, letter=gettext_lazy("An audit is due")),
            WaitingKind(NAME, 18, DeskGroup.SOON, name, letter=gettext_lazy("An audit has no auditors")),
            WaitingKind(
                ANSWER, 18, DeskGroup.SOON, answer, letter=gettext_lazy("The act of an audit is to be answered")
            ),
        ),
        watches=(Watch(AuditAuditor, lambda row: [row.audit_id]),),
    )
)
waits(
    WaitingSource(
        slug="planning.findings",
        order=19,
        model=Finding,
        rows=of_findings,
        kinds=(
            WaitingKind(MEND, 19, DeskGroup.SOON, mend, letter=gettext_lazy("A finding of an audit is to be mended")),
            WaitingKind(SETTLE, 19, DeskGroup.SOON, settle),
        ),
        watches=(
            Watch(FindingReply, lambda row: [row.finding_id]),
            Watch(Audit, lambda audit: audit.findings.values_list("pk", flat=True), frozenset({"read_at", "state"})),
            Watch(AuditAuditor, lambda row: Finding.objects.filter(audit=row.audit_id).values_list("pk", flat=True)),
        ),
    )
)
