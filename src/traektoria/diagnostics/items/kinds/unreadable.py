"""What is no item (any more)."""

from typing import Literal

from traektoria.diagnostics.items.kinds.shared import Silent


class UnreadableItem(Silent):
    """Stands for stored content that is none (any more), in its place and with its number: it says so, takes no answer
    and is not scored."""

    kind: Literal["unreadable"] = "unreadable"

    form = None
    takes_answer = False
