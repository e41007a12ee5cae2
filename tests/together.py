"""``python -m tests.together check test-sqlite test-postgres``: targets of ``make`` beside each other.

Alone each leaves a core idle: while one process reads types, starts a server or a browser, waits for a lock or for the
last long group. Each line of output says whose it is. Where the first target fails, the others are stopped.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import IO

PATIENCE = 60.0
"""Seconds that a part has for taking its servers down when it is stopped."""


class Part:
    """A target that runs."""

    def __init__(self, target: str) -> None:
        self.target, self.began, self.took = target, time.monotonic(), 0.0
        command = [os.environ.get("MAKE", "make"), "--no-print-directory", target]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self) -> None:
        """Pass its lines on until it ends."""
        told: IO[str] | None = self.process.stdout
        for line in told or ():
            print(f"{self.target:>13}  {line}", end="", flush=True)
        self.process.wait()
        self.took = time.monotonic() - self.began

    def stop(self) -> None:
        """As Ctrl-C does it, so that servers go away; by force where that is not heard."""
        for signum in (signal.SIGINT, signal.SIGKILL):
            if self.process.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signum)
                self.reader.join(PATIENCE)


def main(targets: list[str]) -> int:
    first, *others = parts = [Part(target) for target in targets]
    try:
        first.reader.join()
        if first.process.returncode:
            print(f"{first.target} failed: the other parts are stopped", flush=True)
        else:
            for part in others:
                part.reader.join()
    finally:
        for part in parts:
            part.stop()
    for part in parts:
        print(f"{part.target}: {'failed' if part.process.returncode else 'passed'} after {part.took:.0f} s")
    return int(any(part.process.returncode for part in parts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
