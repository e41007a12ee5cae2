"""What happens to a campaign, for the sub-rooms above: each is sent with ``campaign``.

Whoever listens writes in the same transaction, but for ``closed``.
"""

from django.dispatch import Signal

handed_out = Signal()
"""The campaign is open and has people who have got nothing yet: it was opened, or late comers were invited."""
prolonged = Signal()
"""The window has grown; ``before`` is its old end."""
closing = Signal()
"""It is closed now: what still goes on ends."""
closed = Signal()
"""It was closed, and that is committed."""
