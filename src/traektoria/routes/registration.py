"""What the room routes tells the rooms below (core registries)."""
