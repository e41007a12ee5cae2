"""Self-analysis cards, for tests of the room: the own centre lives by the regulation that asks for them."""

from typing import Any

from tests.planning.audits.audit_factories import with_audits
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.shared_forms import stamp
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.models import SelfCard
from traektoria.planning.selfcards.actions.filling import begin_card, save_card, share_card

KIND = "self_analysis"


def begun(world: World, by: str = "head") -> SelfCard:
    with_audits(world.own)
    return begin_card(centre=world.own, school=world.school, kind=KIND, by=actor(world, by))


def numbers(card: SelfCard) -> list[int]:
    return list(criteria_of(sections_of(card.version.sections)))


def written(world: World, verdicts: str = "yes", *, note: str = "Приказ № 1", by: str = "head") -> SelfCard:
    """``verdicts`` of the first criteria; the last one is that of all the others."""
    card, said = begun(world, by), verdicts.split()
    answers = {one: (said[min(at, len(said) - 1)], note) for at, one in enumerate(numbers(card))}
    return save_card(card=card, answers=answers, seen=stamp(card.answers), by=actor(world, by))


def shared(world: World, verdicts: str = "yes", **more: Any) -> SelfCard:
    return share_card(card=written(world, verdicts, **more), by=actor(world, "head"))
