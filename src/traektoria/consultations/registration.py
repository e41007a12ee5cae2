"""What the room consultations tells the rooms below (core registries)."""

import traektoria.consultations.absences.registration
import traektoria.consultations.bookings.registration
import traektoria.consultations.hours.registration
import traektoria.consultations.personal_data
import traektoria.consultations.points.registration
import traektoria.consultations.requests.registration
import traektoria.consultations.slots.registration  # noqa: F401
