"""What the room diagnostics tells the rooms below (core registries)."""

from traektoria.diagnostics import (  # noqa: F401
    bank_registration,
    campaign_registration,
    desk_registration,
    hypothesis_registration,
    instrument_registration,
    marking_registration,
    protocol_registration,
    result_registration,
    search_registration,
    sitting_registration,
    task_registration,
)
