"""What is offered to a teacher, each with its reason in words; what they have put off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.joined_rows import Joined
from traektoria.core.labels import text_of
from traektoria.engines.recommendations import Ground, Served, recommend
from traektoria.events.recommended.models import PutOff
from traektoria.events.recommended.offers import EVENTS, HOURS, MATERIALS, PEOPLE, Offered, offers_for
from traektoria.events.recommended.wishes import Wished, wishes_of
from traektoria.people.actor import Actor
from traektoria.routes.route.enums import ActivityKind

TITLES = {
    EVENTS: gettext_lazy("Events"),
    HOURS: gettext_lazy("Free hours"),
    PEOPLE: gettext_lazy("Who can help"),
    MATERIALS: gettext_lazy("Materials of past events"),
}
MOST = 8
"""Of one group; the rest comes when something is done or put off."""
_PUT_OFF = Joined(PutOff)


@dataclass(frozen=True)
class Recommended:
    """A line of the page. ``why``: what it serves; ``reasons``: what fits. ``wish`` and ``offer`` are sent back by «not
    now»."""

    offered: Offered
    why: str
    reasons: tuple[str, ...]
    wish: str
    address: str

    @property
    def offer(self) -> str:
        return self.offered.offer.key


@dataclass(frozen=True)
class ForMe:
    """``wishes``: whether there is anything to serve at all."""

    wishes: Sequence[Wished]
    groups: Sequence[tuple[Any, Sequence[Recommended]]]
    put_off: Sequence[PutOff]


def for_me(actor: Actor, now: datetime, item: int = 0) -> ForMe:
    """For all wishes, or for one item of a route. At most eight queries, and those of free hours."""
    wishes = [one for one in wishes_of(actor) if not item or one.item == item]
    off = put_off_by(actor)
    aside = frozenset((row.wish, row.offer) for row in off)
    offers = offers_for(actor, [one.wish for one in wishes], now, aside)
    by_offer = {one.offer: one for one in offers}
    found = recommend([one.wish for one in wishes], by_offer, aside, today=timezone.localdate(now))
    said = {one.wish.key: one for one in wishes}
    rows = [_said(served, said[served.wish.key], by_offer[served.offer]) for served in found]
    groups = [(title, [row for row in rows if row.offered.group == slug][:MOST]) for slug, title in TITLES.items()]
    return ForMe(wishes, [group for group in groups if group[1]], off)


def put_off_by(actor: Actor) -> list[PutOff]:
    """The newest first. One query."""
    return _PUT_OFF.find("t.person_id = %s", actor.person_id, order="t.at DESC, t.id DESC") if actor.person_id else []


def _said(served: Served, wished: Wished, offered: Offered) -> Recommended:
    reasons = tuple(_reason(ground, served) for ground in served.grounds)
    if not served.in_time:
        reasons += (_("later than the item is due"),)
    mark = "&" if "?" in offered.address else "?"
    address = f"{offered.address}{mark}item={wished.item}" if wished.item else offered.address
    return Recommended(offered, wished.said, reasons, served.wish.key, address)


def _reason(ground: Ground, served: Served) -> str:
    if ground is Ground.TOPIC:
        return _("the same topic")
    return _("the item is: %(kind)s") % {"kind": text_of(ActivityKind, served.wish.activity)}
