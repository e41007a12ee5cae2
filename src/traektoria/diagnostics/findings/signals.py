"""What happens to conclusions, for the sub-rooms above. Whoever listens writes in the same transaction."""

from django.dispatch import Signal

counted = Signal()
"""The conclusions ``findings`` (a list) of a ``part`` were made anew."""
