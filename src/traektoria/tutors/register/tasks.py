"""What the worker does of tutors every hour."""

from django_tasks import task

from traektoria.tutors.commission.actions.sessions import keep_signed_protocols
from traektoria.tutors.statuses.actions.reminders import keep_statuses_everywhere

MORNING = 6
"""The hour of the municipality's clock from which terms end and letters go."""


@task()
def keep_statuses_by_the_clock() -> None:
    """What the worker does every hour: in each zone in the morning."""
    keep_statuses_everywhere(hour=MORNING)
    keep_signed_protocols()
