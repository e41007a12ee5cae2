"""A plan lives through its year, day by day, by the acts of the rooms; what the report says is held against our count.

Run by ``traektoria simulate_year`` in a process of its own, whose clock is ours and whose data folder is empty.
"""
