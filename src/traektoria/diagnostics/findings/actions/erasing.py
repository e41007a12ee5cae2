"""What goes of conclusions and publications with the answers that they rest on."""

from typing import Any

from django.db.models import QuerySet

from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.findings.analysis.membership import without
from traektoria.diagnostics.findings.models import NamedDifficulty, Publication, TopicFinding
from traektoria.diagnostics.sittings.models import Sitting


def erase_findings(*, sittings: QuerySet[Sitting], participants: QuerySet[Participant], **_: Any) -> None:
    """Conclusions on topics, and difficulties that the people named."""
    TopicFinding.objects.filter(sitting__in=sittings).delete()
    NamedDifficulty.objects.filter(participant__in=participants).delete()


def unseal(*, participant: Participant, parts: list[int], **_: Any) -> None:
    """That they were counted in what is published stays known; what of their answers was compared by does not."""
    for row in Publication.objects.select_for_update(of=("self",), no_key=True).filter(part__in=parts).order_by("pk"):
        row.people = without(row.people, participant.pk)
        row.save(update_fields=["people"])


def erase_publications(*, campaign: Campaign, **_: Any) -> None:
    """Who was behind figures that nobody can count anew."""
    Publication.objects.filter(part__campaign=campaign).delete()
