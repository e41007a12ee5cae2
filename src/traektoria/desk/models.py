"""Secret addresses of calendars."""

from traektoria.desk.calendar.feeds.models import CalendarFeed

__all__ = ["CalendarFeed"]
