"""The turns of the loop. Waitress asks every connection at every turn what it waits for: at thousands of open ones that
costs more than a page. Here those are asked to whom something has happened, and once a second everybody."""

import selectors
from typing import Any

from waitress import wasyncore

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Objects(dict[int, Any]):
    """Descriptor → what Waitress has open there. Who comes and who goes is ``changed``."""

    def __init__(self) -> None:
        super().__init__()
        self.changed: set[int] = set()

    def __setitem__(self, descriptor: int, one: Any) -> None:
        super().__setitem__(descriptor, one)
        self.changed.add(descriptor)

    def __delitem__(self, descriptor: int) -> None:
        super().__delitem__(descriptor)
        self.changed.add(descriptor)


class ReadyWatch:
    """Waits for what the objects wait for.

    What a connection waits for changes by its own events, or by a thread that works on its request and pulls the
    trigger when it is done: whoever has a request is asked at each turn.
    """

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._selector = selectors.DefaultSelector()
        self._known: dict[int, tuple[Any, int]] = {}

    def turn(self, seconds: float) -> None:
        """The next events, waited for so long at most, are handled by their objects."""
        asked, self._objects.changed = list(self._objects.changed), set()
        for descriptor in asked:
            self._ask(descriptor)
        for key, events in self._selector.select(seconds):
            one = self._objects.get(key.fd)
            self._objects.changed.add(key.fd)
            if one is not None and events & READ:
                wasyncore.read(one)
            if one is not None and events & WRITE and self._objects.get(key.fd) is one:
                wasyncore.write(one)

    def ask_all(self) -> None:
        self._objects.changed.update(list(self._objects))

    def _ask(self, descriptor: int) -> None:
        one, wanted = self._objects.get(descriptor), 0
        if one is not None:
            wanted = (READ if one.readable() else 0) | (WRITE if one.writable() and not one.accepting else 0)
            if one.accepting or getattr(one, "requests", None):
                self._objects.changed.add(descriptor)
        before = self._known.pop(descriptor, None)
        if before is not None and before != (one, wanted):
            self._selector.unregister(descriptor)  # closed already, it is unknown to the system, which is no error
        if wanted:
            if before != (one, wanted):
                self._selector.register(descriptor, wanted)
            self._known[descriptor] = (one, wanted)
