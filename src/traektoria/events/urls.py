"""Addresses under /events/."""

from traektoria.events.board import urls as board
from traektoria.events.enrolment import urls as enrolment
from traektoria.events.event import urls as event

app_name = "events"
urlpatterns = [*board.urlpatterns, *event.urlpatterns, *enrolment.urlpatterns]
