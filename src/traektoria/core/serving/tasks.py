"""``python -m traektoria.core.serving.tasks``: what is done in the background, as a process."""

import gc
import signal

from traektoria.core.serving.preload import load


def work() -> None:
    """Until SIGTERM. A terminal's Ctrl+C is the supervisor's matter, who says SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from traektoria.core.tasks.worker import Worker, name_of_this_process

    gc.enable()
    worker = Worker(name_of_this_process())
    signal.signal(signal.SIGTERM, worker.stop)
    worker.run()


if __name__ == "__main__":
    load()
    work()
