"""What the room tells the rooms below (core registries)."""

from traektoria.tutors import application_registration, commission_registration, status_registration  # noqa: F401
