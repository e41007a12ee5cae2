"""``python -m traektoria.core.serving.worker DESCRIPTOR``: one process that answers on an open listening socket."""

import gc
import os
import signal
import socket
import sys

from django.utils.module_loading import import_string

APPLICATION = "traektoria.config.wsgi.application"


def main(descriptor: int, application: str = APPLICATION) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal's Ctrl+C; the supervisor says SIGTERM
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    gc.disable()  # nothing of what is loaded is garbage: it is never looked through
    app = import_string(application)
    from traektoria.core.serving.server import Server  # knows Django, which the application has set up only now

    server = Server(app, socket.socket(fileno=descriptor))
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGTERM, server.stop)
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:3])
