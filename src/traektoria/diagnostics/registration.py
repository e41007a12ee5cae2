"""What the room diagnostics tells the rooms below (core registries)."""

import traektoria.diagnostics.bank.errands
import traektoria.diagnostics.bank.registration
import traektoria.diagnostics.campaigns.registration
import traektoria.diagnostics.findings.errands
import traektoria.diagnostics.findings.registration
import traektoria.diagnostics.findings.tasks
import traektoria.diagnostics.findings.waiting
import traektoria.diagnostics.instruments.registration
import traektoria.diagnostics.marking.registration
import traektoria.diagnostics.marking.waiting
import traektoria.diagnostics.paper.errands
import traektoria.diagnostics.personal_data
import traektoria.diagnostics.problem_field.registration
import traektoria.diagnostics.problem_field.waiting
import traektoria.diagnostics.protocols.registration
import traektoria.diagnostics.protocols.waiting
import traektoria.diagnostics.sittings.letters
import traektoria.diagnostics.sittings.registration
import traektoria.diagnostics.sittings.waiting  # noqa: F401
