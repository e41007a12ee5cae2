"""The rules of consultations that are in force in a centre."""

from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.consulting import ConsultingRules
from traektoria.organisations.regulations.reading import rules_of as rules_of_version


def rules_of(centre_id: int) -> ConsultingRules:
    """In force today. One query; who has an actor at hand asks ``actor.rules_in``, without any."""
    return rules_of_version(regulation_in_force(centre_id)).consulting
