"""Paper: which parts a coordinator enters for, and whose sheets there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet

from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import CampaignPart, Participant
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.diagnostics.sittings.queries.sittings import PATH
from traektoria.people.actor import Actor
from traektoria.people.enums import Role


@dataclass(frozen=True)
class PaperPerson:
    """One line of the list. ``code`` stands on the sheet in place of the name."""

    sitting: Sitting

    @property
    def participant(self) -> Participant:
        return self.sitting.participant

    @property
    def code(self) -> str:
        return code_of(self.sitting)

    @property
    def agreed(self) -> bool:
        return self.participant.consent_id is not None

    @property
    def entered(self) -> bool:
        return self.sitting.on_paper

    @property
    def elsewhere(self) -> bool:
        """Sits in the browser."""
        return not self.sitting.on_paper and self.sitting.state != SittingState.NEW


def parts_on_paper(actor: Actor) -> QuerySet[CampaignPart]:
    """Parts of the coordinator's campaigns that were opened; an adaptive one is for the browser only."""
    rows = CampaignPart.objects.filter(campaign__centre__in=actor.centres(Role.COORDINATOR), adaptive=False)
    return rows.exclude(campaign__state=CampaignState.DRAFT).select_related("campaign__centre", "version__instrument")


def sheets_of(part: CampaignPart) -> QuerySet[Sitting]:
    """Sittings of the part of those who did not decline, by school and name."""
    rows = Sitting.objects.filter(part=part, participant__declined_at__isnull=True)
    rows = rows.select_related(*PATH, "participant__person", "participant__school")
    return rows.order_by("participant__school__sort_name", "participant__person__sort_name", "pk")


def code_of(sitting: Sitting) -> str:
    """Six digits."""
    return f"{sitting.participant_id:06d}"


def version_of(sitting: Sitting, answers: Iterable[Answer]) -> str:
    """What is entered of a sheet, in a word: another one after each correction, and after the consent was withdrawn and
    given anew. "" while nothing is entered."""
    if not sitting.on_paper:
        return ""
    counted = sorted((one.form_item_id, one.sequence) for one in answers)
    return sha256(repr((sitting.participant.consent_id, counted)).encode()).hexdigest()[:16]


def version_of_all(part: CampaignPart, people: Iterable[Sitting]) -> str:
    """What the table of these people says, in a word. One query."""
    answers = Answer.objects.filter(sitting__part=part, sitting__on_paper=True)
    counted = sorted(answers.values_list("sitting_id", "form_item_id", "sequence"))
    told = [(row.pk, row.participant.consent_id, row.participant.person.full_name) for row in people]
    return sha256(repr((told, counted)).encode()).hexdigest()
