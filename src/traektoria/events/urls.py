"""Addresses under /events/."""

from traektoria.events.announcements import urls as announcements
from traektoria.events.attendance import urls as attendance
from traektoria.events.board import urls as board
from traektoria.events.certificates import urls as certificates
from traektoria.events.door import urls as door
from traektoria.events.enrolment import urls as enrolment
from traektoria.events.event import urls as event
from traektoria.events.exports import urls as exports
from traektoria.events.feedback import urls as feedback
from traektoria.events.materials import urls as materials
from traektoria.events.observing import urls as observing
from traektoria.events.recommended import urls as recommended
from traektoria.events.results import urls as results
from traektoria.events.tutorials import urls as tutorials

app_name = "events"
urlpatterns = [
    *board.urlpatterns,
    *event.urlpatterns,
    *feedback.urlpatterns,
    *materials.urlpatterns,
    *observing.urlpatterns,
    *recommended.urlpatterns,
    *results.urlpatterns,
    *tutorials.urlpatterns,
    *exports.urlpatterns,
    *enrolment.urlpatterns,
    *attendance.urlpatterns,
    *door.urlpatterns,
    *announcements.urlpatterns,
    *certificates.urlpatterns,
]
