"""A fixed time goes with its letter as a file that a calendar takes in: with the UID and the number of the change that
the person's feed has, so that a moved hour replaces the old one and a cancelled one takes it out."""

from collections.abc import Collection, Iterable
from email.utils import parseaddr
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q

from traektoria.core.calendar_events import IcsWriter, host_name, own_words
from traektoria.core.models import Engagement, EngagementState
from traektoria.messaging.channels import Attachment
from traektoria.messaging.kinds import Invitation, Reader

NAMES = {"PUBLISH": "calendar.ics", "CANCEL": "cancelled.ics"}


def attached(asked: Iterable[Invitation | None], reader: Reader) -> tuple[Attachment, ...]:
    """One file of what stands, one of what is cancelled; none where nothing of it is the reader's. Two queries at most,
    none for letters about no time."""
    wanted = [one for one in asked if one is not None]
    if not wanted or not reader.addresses:
        return ()
    rows = _rows(wanted, reader.addresses)
    by_method: dict[str, list[Engagement]] = {}
    for row in rows:
        alone = row.state == EngagementState.CANCELLED and not row.series
        by_method.setdefault("CANCEL" if alone else "PUBLISH", []).append(row)
    writer = IcsWriter(host_name(), own_words, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    return tuple(
        Attachment(NAMES[method], bytes(writer.calendar(found, method=method).to_ical()).decode(), method)
        for method, found in sorted(by_method.items(), reverse=True)
    )


def _rows(wanted: Collection[Invitation], addresses: Collection[str]) -> list[Engagement]:
    """Of a date of a series the whole series: its rule has changed with the date."""
    own = Engagement.objects.filter(addressee__in=addresses)
    objects = [Q(object_kind=one.object_kind, object_id=one.object_id) for one in wanted]
    found = list(own.filter(reduce(or_, objects)))
    series = {row.series for row in found if row.series}
    return [row for row in found if not row.series] + (list(own.filter(series__in=series)) if series else [])
