"""What the room keeps of a person in campaigns and protocols, for the file that the person takes away."""

from typing import Any

from traektoria.diagnostics.models import Participant, Protocol, Sitting


def portrait(person_id: int) -> dict[str, Any]:
    """Invitations with the person's word, sittings with answers and findings, named difficulties, protocols."""
    invitations = Participant.objects.filter(person=person_id).select_related("campaign", "school", "consent")
    rows = invitations.exclude(campaign__state="draft").prefetch_related("named")
    return {
        "campaigns": [_campaign(row, _sittings(row)) for row in rows],
        "protocols": [_protocol(row) for row in Protocol.objects.filter(person=person_id, shared_at__isnull=False)],
        "protocols_kept_by_me": list(
            Protocol.objects.filter(author=person_id).values("held_on", "about", "state", "conclusion")
        ),
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


def _protocol(row: Protocol) -> dict[str, Any]:
    return {
        "held_on": row.held_on,
        "about": row.about,
        "answers": row.answers,
        "conclusion": row.conclusion,
        "shared_at": row.shared_at,
        "read_at": row.read_at,
    }
