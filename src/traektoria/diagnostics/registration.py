"""What the room diagnostics tells the rooms below (core registries)."""
