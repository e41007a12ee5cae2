"""What fulfilment tells: what happens in other rooms is heard, items that are dated anew are looked through."""

from traektoria.planning.facts import kinds as kinds
from traektoria.planning.fulfilment.actions.offering import hear_facts, offer_for_items
from traektoria.planning.plans.registries import AfterDating, after_dating

after_dating.add(AfterDating("planning.facts", 10, offer_for_items))
hear_facts()
