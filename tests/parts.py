"""``python -m tests.parts``: all parts of ``make test`` at once, so that no core waits while one of them does.

Each line says of which part it is. What failed is told once more at the end, after what each part took.
"""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic

PARTS = ("check-types", "check-the-rest", "test-sqlite", "test-postgres")
"""Targets of the Makefile."""
LAST = 80
"""So many lines of a part that failed are told once more."""
_printing = Lock()


@dataclass
class Part:
    """A command, all that it said, and how it ended. ``burnt``: seconds of processor, also of what it has started."""

    name: str
    command: list[str]
    said: list[str] = field(default_factory=list)
    ended: int = 0
    took: float = 0
    burnt: float = 0

    def run(self, width: int) -> None:
        begun = monotonic()
        process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        assert process.stdout
        for line in process.stdout:
            self.said.append(line.rstrip())
            with _printing:
                print(f"{self.name:<{width}} | {self.said[-1]}", flush=True)
        _pid, status, used = os.wait4(process.pid, 0)
        self.ended = process.returncode = os.waitstatus_to_exitcode(status)
        self.took, self.burnt = monotonic() - begun, used.ru_utime + used.ru_stime


def run(parts: list[Part]) -> int:
    """All at once. Returns how many have failed."""
    width = max(len(part.name) for part in parts)
    threads = [Thread(target=part.run, args=(width,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failed = [part for part in parts if part.ended]
    for part in failed:
        print(f"\n{part.name} failed; its last lines:", *part.said[-LAST:], sep="\n")
    print()
    for part in parts:
        outcome = f"FAILED ({part.ended})" if part.ended else "passed"
        print(f"{part.name:<{width}} {outcome:<12}{part.took:6.0f} s, {part.burnt:6.0f} s of processor")
    return len(failed)


if __name__ == "__main__":
    sys.exit(bool(run([Part(name, ["make", "--no-print-directory", name]) for name in PARTS])))
