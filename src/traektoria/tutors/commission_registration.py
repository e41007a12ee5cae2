"""What the room tells the rooms below of the commission."""
