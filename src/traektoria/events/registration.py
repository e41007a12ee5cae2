"""What the room events tells the rooms below (core registries)."""

import traektoria.events.announcements.registration
import traektoria.events.attendance.registration
import traektoria.events.certificates.registration
import traektoria.events.door.registration
import traektoria.events.drafting.registration
import traektoria.events.enrolment.registration
import traektoria.events.event.registration
import traektoria.events.exports.registration
import traektoria.events.feedback.registration
import traektoria.events.materials.registration
import traektoria.events.observing.registration
import traektoria.events.personal_data
import traektoria.events.recommended.registration
import traektoria.events.results.registration
import traektoria.events.tutorials.registration  # noqa: F401
