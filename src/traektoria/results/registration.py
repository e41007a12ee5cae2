"""What the room results tells the rooms below (core registries)."""
