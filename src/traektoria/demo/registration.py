"""What the room demo tells the rooms below (core registries)."""
