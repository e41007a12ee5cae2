"""One process that answers on an open listening socket."""

import gc
import signal
import socket
from typing import Any


def answer(application: Any, listener: socket.socket) -> None:
    """Until SIGTERM. A terminal's Ctrl+C is the supervisor's matter, who says SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from traektoria.core import journal
    from traektoria.core.serving.server import Server  # knows Django, which the application has set up only now

    server = Server(application, listener)
    gc.enable()
    signal.signal(signal.SIGTERM, server.stop)
    journal.begin()
    server.run()
