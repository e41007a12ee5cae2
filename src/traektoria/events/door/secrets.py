"""The secret of one date. It is worked out, never kept and never sent: what a page shows are codes made of it."""

from django.utils.crypto import salted_hmac

from traektoria.events.event.models import EventDate


def secret_of(date: EventDate) -> bytes:
    """Of this date alone; moved, it stays the same, so that what hangs on a wall goes on."""
    return salted_hmac("traektoria.events.door", f"{date.pk} {date.original.timestamp()}", algorithm="sha256").digest()
