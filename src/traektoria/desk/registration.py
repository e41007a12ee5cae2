"""What the room desk tells the rooms below (core registries)."""
