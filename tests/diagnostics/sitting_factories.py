"""A person in the middle of a work, for tests of sittings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.diagnostics.campaign_factories import (
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.factories import make_centre, make_member
from traektoria.core.waiting import gathered
from traektoria.diagnostics.models import Answer, Campaign, FormItem, Sitting
from traektoria.diagnostics.sittings.actions.answers import GivenAnswer
from traektoria.diagnostics.sittings.queries.sittings import PATH
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account

KINDS = ("single", "multiple", "short")


@dataclass
class Scene:
    """``rows`` are the form's items in order."""

    account: Account
    campaign: Campaign
    rows: list[FormItem]
    pk: int

    @property
    def by(self) -> Actor:
        return actor_of(self.account)

    @property
    def sitting(self) -> Sitting:
        """As it is now, with everything a page loads."""
        return Sitting.objects.select_related(*PATH).get(pk=self.pk)

    def given(self, number: int, value: Any, sequence: int | None = None, **fields: Any) -> GivenAnswer:
        return GivenAnswer(self.rows[number].pk, value, sequence, **fields)

    def kept(self) -> list[tuple[dict[str, Any], int]]:
        """Values with their sequences, in the order of the form."""
        rows = {row.form_item_id: (row.value, row.sequence) for row in Answer.objects.filter(sitting=self.pk)}
        return [rows[row.pk] for row in self.rows if row.pk in rows]


@gathered()
def make_scene(
    state: str = "running",
    kinds: Sequence[str] = KINDS,
    *,
    centre: TutorCentre | None = None,
    account: Account | None = None,
    settings: dict[str, Any] | None = None,
    consented: bool = True,
    campaign: dict[str, Any] | None = None,
    **fields: Any,
) -> Scene:
    """A teacher with a sitting of a work of these kinds; 45 minutes and one pause unless ``settings`` say otherwise."""
    centre = centre or make_centre()
    account = account or make_member(centre, Role.TEACHER)
    version = make_instrument(
        centre, [make_item(centre, kind) for kind in kinds], settings={"minutes": 45, **(settings or {})}
    )
    opened = make_campaign(centre, [version], **(campaign or {}))
    participant = make_participant(opened, account.person, consented=consented)
    sitting = make_sitting(participant, state=state, **fields)
    return Scene(account, opened, list(version.items.order_by("position")), sitting.pk)
