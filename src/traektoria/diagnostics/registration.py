"""What the room diagnostics tells the rooms below (core registries)."""

from traektoria.diagnostics import hypothesis_registration, instrument_registration  # noqa: F401
