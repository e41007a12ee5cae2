"""``python -m traektoria.core.serving.tasks``: the worker as a process of the group that ``traektoria start`` runs."""

import os
import signal
import sys

import django


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal's Ctrl+C; the supervisor says SIGTERM
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    django.setup()
    from django.db import DatabaseError, connection

    from traektoria.core.installation import identity, locks
    from traektoria.core.tasks.worker import Worker, name_of_this_process

    try:
        locks.run()
        identity.settle()
    except (DatabaseError, OSError):
        pass  # it is asked again before each task
    except identity.Apart as apart:
        sys.exit(apart.details)
    finally:
        connection.close()
    worker = Worker(name_of_this_process())
    signal.signal(signal.SIGTERM, worker.stop)
    worker.run()


if __name__ == "__main__":
    main()
