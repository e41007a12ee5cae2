"""What the desk keeps about a person, for the file that the person takes away."""

from typing import Any

from traektoria.desk.calendar.feeds.models import CalendarFeed


def feeds_of(person_id: int) -> list[dict[str, Any]]:
    """That there are addresses, of which centre, since when; their secrets are kept nowhere."""
    rows = CalendarFeed.objects.filter(account__person=person_id).select_related("centre")
    return [{"centre": row.centre.name if row.centre else None, "made_at": row.made_at} for row in rows]
