"""What the room tells the rooms below (core registries)."""

from traektoria.tutors import (  # noqa: F401
    application_registration,
    commission_registration,
    search_registration,
    status_registration,
)
from traektoria.tutors.waiting import applications, sessions, statuses  # noqa: F401
