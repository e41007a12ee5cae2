"""What the room tutors tells the rooms below (core registries)."""

import traektoria.tutors.applications.registration
import traektoria.tutors.commission.engagements
import traektoria.tutors.commission.registration
import traektoria.tutors.commission.waiting.applications
import traektoria.tutors.commission.waiting.sessions
import traektoria.tutors.orders.registration
import traektoria.tutors.orders.waiting
import traektoria.tutors.personal_data
import traektoria.tutors.profiles.registration
import traektoria.tutors.register.errands
import traektoria.tutors.register.registration
import traektoria.tutors.seats.workflow
import traektoria.tutors.statuses.letters
import traektoria.tutors.statuses.registration
import traektoria.tutors.statuses.waiting  # noqa: F401
