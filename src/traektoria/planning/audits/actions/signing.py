"""The act is signed: what is wanting becomes findings with what is recommended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit as journal
from traektoria.core.errors import Invalid
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, acting
from traektoria.planning.audits.actions.planning import locked_audit
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.audits.enums import WANTING, AuditState, Verdict
from traektoria.planning.audits.letters import tell_signed
from traektoria.planning.audits.models import Audit, AuditAnswer, Finding
from traektoria.planning.audits.permissions import check_fill
from traektoria.planning.audits.policies import check_open, check_seen
from traektoria.planning.audits.queries.act import to_sign
from traektoria.planning.audits.queries.audits import sheet_of


@dataclass(frozen=True)
class Advice:
    """What is recommended because of one criterion."""

    recommendation: str
    owner: str = ""
    due: date | None = None


@transaction.atomic
def sign_audit(
    *,
    audit: Audit,
    advice: Mapping[int, Advice],
    conclusion: str,
    reply_due: date | None,
    by: Actor,
    partial: bool = False,
) -> Audit:
    """``advice`` by criterion, for each that is wanting. ``partial``: it ends as «14 of 20 looked at». A second press
    finds it signed. The act gets the next number of its year; one that was held before its day has the day of the
    signature. Side effects: audit, messages to the heads of the school. Raises ``Invalid``."""
    row = locked_audit(audit)
    check_fill(by, row)
    if row.is_signed:
        return row
    check_open(row)
    criteria = criteria_of(sections_of(row.version.sections))
    answers = {one.criterion: one for one in row.answers.all() if one.criterion in criteria}
    checked = sum(one.verdict != Verdict.UNSEEN for one in answers.values())
    check_seen(len(criteria) - checked, len(criteria), partial=partial)
    wanting = [answers[number] for number in criteria if number in answers and answers[number].verdict in WANTING]
    if any(one.criterion not in advice or not advice[one.criterion].recommendation.strip() for one in wanting):
        raise Invalid(_("Say what is recommended for each finding."), code="no_recommendation")
    times = {line.criterion.number: line.times for line in sheet_of(row).wanting}
    Finding.objects.bulk_create(
        _finding(row, criteria[one.criterion].title, one, advice, times[one.criterion]) for one in wanting
    )
    row.state, row.signed_at, row.signed_by_id = AuditState.SIGNED, timezone.now(), acting(by)
    row.act_year, row.act_number = _next_number(row)
    row.day = min(row.day, timezone.localdate(timezone=zones.zone(row.centre.municipality.time_zone)))
    row.printed = to_sign(row)
    row.checked, row.asked = checked, len(criteria)
    row.conclusion, row.reply_due = conclusion.strip(), reply_due
    row.begun_at = row.begun_at or row.signed_at
    row.save()
    journal.record("audit.sign", row, by=by, checked=checked, asked=len(criteria), findings=len(wanting))
    tell_signed(row)
    return row


def _next_number(row: Audit) -> tuple[int, int]:
    """Within the centre and the calendar year there; the centre is locked, so that two acts get two numbers."""
    centre = TutorCentre.objects.select_for_update(of=("self",), no_key=True).get(pk=row.centre_id)
    year = timezone.localdate(timezone=zones.zone(row.centre.municipality.time_zone)).year
    last = Audit.objects.filter(centre=centre, act_year=year).aggregate(last=Max("act_number"))["last"]
    return year, (last or 0) + 1


def _finding(row: Audit, title: str, answer: AuditAnswer, advice: Mapping[int, Advice], times: int) -> Finding:
    said = advice[answer.criterion]
    return Finding(
        audit=row, criterion=answer.criterion, title=title, verdict=answer.verdict, note=answer.note,
        concerns=", ".join(filter(None, [answer.concerns, answer.address])),
        recommendation=said.recommendation.strip(), owner=said.owner.strip(), due=said.due, times=times,
    )  # fmt: skip
