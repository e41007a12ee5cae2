"""What happens to sittings, for the sub-rooms above. Whoever listens writes in the same transaction."""

from django.dispatch import Signal

reopened = Signal()
"""The works ``sittings`` (a list) go on again: nobody marks their answers yet."""
erased = Signal()
"""The answers of ``sittings`` of ``participants`` (querysets) were erased: what follows from them goes too."""
withdrawn = Signal()
"""Somebody (``participant``) withdrew who had begun ``parts`` (ids): what they were counted in stays as it is, without
what could tell their answers."""
forgotten = Signal()
"""The answers of a whole ``campaign`` had been kept long enough and were erased."""
