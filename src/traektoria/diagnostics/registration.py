"""What the room diagnostics tells the rooms below (core registries)."""

import traektoria.diagnostics.bank.registration
import traektoria.diagnostics.campaigns.registration
import traektoria.diagnostics.findings.registration
import traektoria.diagnostics.findings.tasks
import traektoria.diagnostics.instruments.registration
import traektoria.diagnostics.marking.registration
import traektoria.diagnostics.personal_data
import traektoria.diagnostics.problem_field.desk
import traektoria.diagnostics.problem_field.registration
import traektoria.diagnostics.protocols.registration
import traektoria.diagnostics.sittings.registration  # noqa: F401
