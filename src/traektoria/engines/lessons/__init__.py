"""Lesson calendars (КТП) as they are written: read, added up, held against a school year and against hard topics.

What does not agree is said with its place; nothing is corrected, and no figure is made up where the paper has none."""
