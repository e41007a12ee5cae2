"""What the room people tells the rooms below (core registries)."""
