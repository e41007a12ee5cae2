"""What the room keeps of a person in campaigns, for the file that the person takes away."""

from typing import Any

from traektoria.diagnostics.campaigns.models import Participant
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.diagnostics.sittings.models import Sitting


def portrait(person_id: int) -> dict[str, Any]:
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
