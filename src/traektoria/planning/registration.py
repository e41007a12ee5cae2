"""What the room planning tells the rooms below (core registries)."""

import traektoria.planning.audits.registration
import traektoria.planning.fulfilment.registration
import traektoria.planning.imports.registration
import traektoria.planning.personal_data
import traektoria.planning.plans.registration
import traektoria.planning.reports.errands
import traektoria.planning.selfcards.registration  # noqa: F401
