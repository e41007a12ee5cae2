"""What the invited get when a campaign is open: an order of forms, and a new sitting of each part that is for them."""

from traektoria.core import waiting
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart, Participant
from traektoria.diagnostics.campaigns.policies.parts import form_of, suits
from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_before, parts_of, teachers_of_centre, turns_of
from traektoria.diagnostics.instruments.settings import settings_from
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.engines.forms import Order, counterbalance

BATCH = 500


def hand_out(campaign: Campaign) -> None:
    """Give everybody who lacks them an order and sittings; who has them keeps them. The campaign's row is locked."""
    people = list(campaign.participants.order_by("pk"))
    _draw_orders(campaign, people)
    served = set(Sitting.objects.filter(participant__campaign=campaign).values_list("participant", flat=True))
    new = [one for one in people if one.pk not in served]
    if new:
        Sitting.objects.bulk_create(_sittings(campaign, new), batch_size=BATCH)
        waiting.renew(*new)


def _draw_orders(campaign: Campaign, people: list[Participant]) -> None:
    """Half of the people begin with A and half with B, in each school; a repeat measurement keeps its orders."""
    newcomers = [one for one in people if not one.order]
    if not newcomers:
        return
    earlier = {str(one.person_id): Order(one.order) for one in people if one.order}
    chain = [campaign, *campaigns_before(campaign)]
    for before in chain[1:]:
        rows = before.participants.filter(person__in=[one.person_id for one in newcomers]).exclude(order="")
        for person, order in rows.values_list("person", "order"):
            earlier.setdefault(str(person), Order(order))
    keys = [str(one.person_id) for one in people]
    schools = {str(one.person_id): str(one.school_id) for one in people}
    drawn = counterbalance(keys, seed=chain[-1].pk, strata=schools, earlier=earlier)
    for one in newcomers:
        one.order = drawn[str(one.person_id)].value
    Participant.objects.bulk_update(newcomers, ["order"], batch_size=BATCH)


def _sittings(campaign: Campaign, people: list[Participant]) -> list[Sitting]:
    taught = {one.person_id: one.subjects for one in teachers_of_centre(campaign.centre_id)}
    turns = turns_of(campaign)
    return [
        Sitting(participant=one, part=part, form=_form(part, one.order, turns), seed=one.pk)
        for part in parts_of(campaign)
        for one in people
        if suits(part.version.instrument.subject, taught.get(one.person_id, ()))
    ]


def _form(part: CampaignPart, order: str, turns: dict[int, int]) -> str:
    settings = settings_from(part.version.settings)
    return form_of(two_forms=settings.two_forms, order=order, turn=turns.get(part.version.instrument_id, 0))
