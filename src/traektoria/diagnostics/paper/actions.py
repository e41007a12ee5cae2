"""Entering what was written on paper: answers of one person or of a whole table, and a consent signed on paper."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.typography import ru_day
from traektoria.core.workflow import move
from traektoria.diagnostics.campaigns.consent import consent_about, consent_page
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign
from traektoria.diagnostics.campaigns.policies.order import Act, check_now
from traektoria.diagnostics.instruments.queries.forms import form_of
from traektoria.diagnostics.items.pieces.cells import Read
from traektoria.diagnostics.paper.cells import EMPTY, differs
from traektoria.diagnostics.paper.queries import code_of, version_of
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.diagnostics.sittings.permissions import check_enters_paper
from traektoria.diagnostics.sittings.queries.sittings import locked
from traektoria.diagnostics.sittings.workflow import SITTING
from traektoria.people.actor import Actor
from traektoria.people.enums import ConsentKind
from traektoria.people.models import Consent

Answers = Mapping[int, Read]
"""Form item → what its cell says."""


class EnteredSheet(NamedTuple):
    """What a table says of one person, for the version of their sheet that its preview was compared with."""

    sitting: Sitting
    answers: Answers
    instead_of: str


@transaction.atomic
def enter_paper(*, sitting: Sitting, answers: Answers, by: Actor, instead_of: str | None = None) -> bool:
    """Write one person's sheet; the same again changes nothing, another one corrects it. Returns whether anything was
    written. Raises ``Conflict`` for somebody who sits in the browser, after the campaign was closed, and where it would
    replace another version of the sheet than ``instead_of`` (``queries.version_of``)."""
    sitting.participant = _locked(sitting.participant)
    row = locked(sitting)
    check_enters_paper(by, row)
    check_now(Act.PAPER, row.participant.campaign, timezone.now())
    if not row.on_paper and row.state != SittingState.NEW:
        raise Conflict(_("This person has done the work in the browser."), code="in_browser")
    known = {one.form_item_id: one for one in Answer.objects.filter(sitting=row)}
    made, corrected = _differences(row, answers, known)
    changed = len(made) + len(corrected)
    if instead_of is not None and instead_of != version_of(row, known.values()) and (changed or not row.on_paper):
        raise Conflict(
            _("The sheet with the code %(code)s has changed since. Load the table again: you will see what is new.")
            % {"code": code_of(row)},
            code="changed_meanwhile",
        )
    _write(made, corrected)
    if row.state == SittingState.NEW:
        now = timezone.now()
        facts = {"centre_id": row.participant.campaign.centre_id, "part": row.part_id}
        changes = {"on_paper": True, "started_at": now, "finished_at": now}
        move(SITTING, row, "enter_paper", by=by, changes=changes, facts=facts)
        return True
    if changed:
        audit.record("sitting.correct_paper", row, by=by, centre_id=row.participant.campaign.centre_id, items=changed)
    return bool(changed)


@transaction.atomic
def import_paper(*, sheets: Iterable[EnteredSheet], by: Actor) -> int:
    """Write a table: everything or nothing. Returns how many people's sheets are new or changed. Raises what
    ``enter_paper`` raises."""
    return sum(enter_paper(**sheet._asdict(), by=by) for sheet in sheets)


@transaction.atomic
def record_paper_consent(*, participant: Participant, signed: date, by: Actor) -> Consent:
    """Note that the person signed the consent on paper: a record with the same words, the day, and that it was noted
    by the coordinator. The person sees it, and can withdraw it, like any other. A second press changes nothing."""
    row = _locked(participant)
    campaign = row.campaign
    check_keeps_campaign(by, campaign)
    if row.consent:
        return row.consent
    if row.declined_at:
        raise Refused(_("This person does not take part; only they can change their mind."), code="declined")
    if campaign.state != CampaignState.OPEN or signed > timezone.localdate():
        raise Invalid(
            _("The day of the signature can't be in the future, and the diagnostics must be open."), code="day"
        )
    note = _("Signed on paper on %(day)s; noted by the coordinator of the centre.") % {"day": ru_day(signed)}
    row.consent = Consent.objects.create(
        person=row.person,
        centre=campaign.centre,
        kind=ConsentKind.DIAGNOSTICS,
        about=consent_about(campaign),
        text=f"{consent_page(campaign).text}\n\n{note}",
    )
    row.save(update_fields=["consent"])
    audit.record("consent.on_paper", row.consent, by=by, kind=ConsentKind.DIAGNOSTICS, day=signed.isoformat())
    return row.consent


def _locked(participant: Participant) -> Participant:
    """The participant as they are now: the campaign's row is locked first and then theirs, so that what is entered
    meets the closing and the withdrawal of the consent."""
    Campaign.objects.select_for_update(no_key=True).filter(pk=participant.campaign_id).values_list("pk").first()
    rows = Participant.objects.select_for_update(of=("self",), no_key=True).select_related("campaign__centre")
    return rows.get(pk=participant.pk)


def _differences(row: Sitting, answers: Answers, known: Mapping[int, Answer]) -> tuple[list[Answer], list[Answer]]:
    """Answers to be made, and those that differ from what is there, as they shall be; marks of those that stay the same
    stay too."""
    made, corrected = [], []
    for entry in form_of(row.part.version, row.form).asked:
        read, there = answers.get(entry.pk, EMPTY), known.get(entry.pk)
        if there is None and read.value:
            made.append(Answer(sitting=row, form_item_id=entry.pk, value=read.value, score=read.points))
        elif there is not None and differs(entry, there, read):
            corrected.append(there)
            there.value, there.score = read.value, read.points
    return made, corrected


def _write(made: list[Answer], corrected: list[Answer]) -> None:
    Answer.objects.bulk_create(made)
    for one in corrected:
        one.sequence += 1
        one.save()
