"""What this room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.utils.translation import gettext_lazy

from traektoria.core.registries import PersonalData, personal_data
from traektoria.diagnostics.models import Hypothesis, Participant, Protocol, Sitting
from traektoria.diagnostics.problem_field.work_sentences import source_of
from traektoria.diagnostics.protocols.enums import ProtocolState
from traektoria.diagnostics.protocols.page import said_in


def problem_field_of(person_id: int) -> list[dict[str, Any]]:
    """The person's own problem field: every supposition with its evidence and what was decided."""
    rows = Hypothesis.objects.filter(person=person_id).select_related(
        "dataset", "sitting__participant__campaign", "sitting__part__version__instrument"
    )
    return [
        {
            "subject": row.subject,
            "block": row.block,
            "topic": row.topic,
            "origin": row.origin,
            "source": source_of(row),
            "evidence": row.evidence,
            "strength": row.strength,
            "state": row.state,
            "decided_at": row.decided_at,
            "decided_by_me": row.decided_by_id == person_id,
            "reason_kind": row.reason_kind,
            "reason": row.reason,
            "created_at": row.created_at,
        }
        for row in rows
    ]


def campaigns_of(person_id: int) -> dict[str, Any]:
    """Invitations with the person's word, sittings with answers and findings, named difficulties, protocols kept."""
    invitations = Participant.objects.filter(person=person_id).select_related("campaign", "school", "consent")
    rows = invitations.exclude(campaign__state="draft").prefetch_related("named")
    kept = Protocol.objects.filter(author=person_id)
    return {
        "campaigns": [_campaign(row, _sittings(row)) for row in rows],
        "protocols_kept_by_me": list(kept.values("held_on", "about", "state", "conclusion")),
    }


def _campaign(row: Participant, sittings: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": row.campaign.title,
        "school": str(row.school or ""),
        "invited_at": row.invited_at,
        "agreed_at": row.consent.given_at if row.consent else None,
        "declined_at": row.declined_at,
        "reminded_at": row.reminded_at,
        "named_difficulties": [one.topic for one in row.named.all()],
        "works": sittings,
    }


def _sittings(row: Participant) -> list[dict[str, Any]]:
    rows = Sitting.objects.filter(participant=row).select_related("part__version__instrument")
    return [
        {
            "title": one.part.version.instrument.title,
            "form": one.form,
            "state": one.state,
            "seconds": one.seconds,
            "started_at": one.started_at,
            "finished_at": one.finished_at,
            "on_paper": one.on_paper,
            "answers": list(
                one.answers.values(
                    "form_item__position", "form_item__item_version__item__name", "value", "score", "late"
                )
            ),
            "findings": list(
                one.findings.values("topic", "items", "points", "most", "completion", "probability", "finding")
            ),
        }
        for one in rows
    ]


def protocols_shared_with(person_id: int) -> list[dict[str, Any]]:
    """Protocols about the person that were shared with them, with what is written down."""
    rows = Protocol.objects.filter(person=person_id, state=ProtocolState.SHARED)
    return [_shared(row) for row in rows.select_related("author", "version__instrument")]


def _shared(row: Protocol) -> dict[str, Any]:
    said = {one.presented.row.excerpt: list(one.words) for one in said_in(row, for_tutor=False) if one.words}
    return {
        "title": row.version.instrument.title,
        "author": row.author.short_name,
        "held_on": row.held_on,
        "about": row.about,
        "answers": said,
        "conclusion": row.conclusion,
        "shared_at": row.shared_at,
        "read_at": row.read_at,
    }


for slug, order, label, kept in (
    ("diagnostics", 20, gettext_lazy("your problem field with its evidence"), problem_field_of),
    ("diagnostics.campaigns", 21, gettext_lazy("diagnostics, your answers, interviews and lessons"), campaigns_of),
    (
        "diagnostics_protocols",
        24,
        gettext_lazy("protocols of interviews and lessons shared with you"),
        protocols_shared_with,
    ),
):
    personal_data.add(PersonalData(slug, order, label, kept))
