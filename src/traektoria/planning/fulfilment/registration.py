"""What fulfilment tells: what happens in other rooms is heard, items that are dated anew are looked through."""

from traektoria.core.installation.sources import Attached, attached
from traektoria.planning.facts import kinds as kinds
from traektoria.planning.fulfilment.actions.offering import hear_facts, offer_for_items
from traektoria.planning.fulfilment.models import DeedFile
from traektoria.planning.plans.registries import AfterDating, after_dating

attached.add(
    Attached("planning.deeds", 31, DeedFile, "by", ("deed__occurrence__item__plan__centre", "deed__item__plan__centre"))
)
after_dating.add(AfterDating("planning.facts", 10, offer_for_items))
hear_facts()
