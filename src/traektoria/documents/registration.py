"""What the room documents tells the rooms below (core registries)."""
