"""A teacher puts an offer off for one wish, and takes that back. Nobody is told, nothing is counted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.events.recommended.models import PutOff
from traektoria.events.recommended.offers import offers_for
from traektoria.events.recommended.queries import put_off_by
from traektoria.events.recommended.wishes import wishes_of
from traektoria.people.actor import Actor, acting


@transaction.atomic
def put_off(*, wish: str, offer: str, by: Actor, now: datetime) -> PutOff:
    """Keys as the page has them; twice is once. Raises ``Conflict`` where the wish is not theirs (any more), or there
    is no such offer."""
    person, rows = acting(by), put_off_by(by)
    if there := next((row for row in rows if (row.wish, row.offer) == (wish, offer)), None):
        return there
    wished = next((one for one in wishes_of(by) if one.wish.key == wish), None)
    aside = {(row.wish, row.offer) for row in rows}
    offers = offers_for(by, [wished.wish], now, aside) if wished else []
    offered = next((one for one in offers if one.offer.key == offer), None)
    if wished is None or offered is None:
        raise Conflict(_("This is offered no longer: look at the page anew."), code="no_such_offer")
    whose = {"item_id": wished.item or None, "topic_id": wished.topic or None}
    made, _new = PutOff.objects.get_or_create(
        person_id=person, offer=offer, **whose, defaults={"title": offered.title[:200]}
    )
    return made


@transaction.atomic
def take_back(*, row: int, by: Actor) -> None:
    """It is offered anew; twice is once, of others nothing is touched."""
    PutOff.objects.filter(pk=row, person=acting(by)).delete()
