"""What the room tells the rooms below (core registries)."""
