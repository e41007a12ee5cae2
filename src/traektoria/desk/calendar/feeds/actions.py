"""An address is made, made anew, taken back."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Refused
from traektoria.desk.calendar.feeds.models import CalendarFeed
from traektoria.people.actor import Actor
from traektoria.people.enums import Role


def check_feed(actor: Actor, centre_id: int | None) -> None:
    """One's own calendar is everybody's who has a role; that of a centre is its coordinator's."""
    if centre_id is not None and not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(_("The address of a centre's calendar is made by its coordinator."), code="not_a_coordinator")
    if actor.person_id is None or not actor.grants:
        raise Refused(_("There is no calendar without a role in a centre."), code="no_calendar")


@transaction.atomic
def make_feed(*, centre_id: int | None, by: Actor) -> tuple[CalendarFeed, str]:
    """A new address; the one before it, if any, reads nothing from now on. The secret is returned and kept nowhere.

    Side effects: audit.
    """
    check_feed(by, centre_id)
    secret = secrets.token_urlsafe(32)
    feed, _is_new = CalendarFeed.objects.update_or_create(
        account_id=by.account_id, centre_id=centre_id,
        defaults={"digest": digest_of(secret), "made_at": timezone.now()},
    )  # fmt: skip
    audit.record("calendar_feed.make", feed, by=by, centre_id=centre_id)
    return feed, secret


@transaction.atomic
def revoke_feed(*, centre_id: int | None, by: Actor) -> None:
    """The address reads nothing from now on. Without one nothing happens."""
    for feed in CalendarFeed.objects.filter(account=by.account_id, centre=centre_id):
        audit.record("calendar_feed.revoke", feed, by=by, centre_id=centre_id)
        feed.delete()


def digest_of(secret: str) -> str:
    """The secret has 256 random bits: nobody finds it from a plain digest."""
    return hashlib.sha256(secret.encode()).hexdigest()
