"""The access log of hours: who was there reads in «My data» who looked."""

from traektoria.consultations.hours.models import ConsultationHour
from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose


def log_hour(*, by: Actor, hour: ConsultationHour) -> None:
    """Reads the prefetched ``teachers``."""
    people = {one.person_id for one in hour.teachers.all()}
    log_people(by=by, purpose=Purpose.SUPPORT, kind="hour", subject_id=hour.pk, people=people, centre_id=hour.centre_id)
