"""``python -m tests.parts``: all parts of ``make test`` at once, so that no core waits while one of them does.

Only the tests wait for the byte code: in a new clone each of their processes would make all of it, at once. Each
line says of which part it is. What failed is told once more at the end, after what each part took.
"""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from io import TextIOWrapper
from threading import Event, Lock, Thread
from time import monotonic

AFTER = {
    "check-types": "",
    "check-the-rest": "",
    "byte-code": "",
    "test-sqlite": "byte-code",
    "test-postgres": "byte-code",
}
"""Targets of the Makefile, and the one that each waits for."""
LAST = 80
"""So many lines of a part that failed are told once more."""
_printing = Lock()


@dataclass
class Part:
    """A command, all that it said, and how it ended: nothing where it could not be begun or heard to its end.
    ``burnt``: seconds of processor, also of what it has started; ``after``: the one that it waits for, however that
    ends."""

    name: str
    command: list[str]
    after: "Part | None" = None
    over: Event = field(default_factory=Event)
    said: list[str] = field(default_factory=list)
    ended: int | None = None
    took: float = 0
    burnt: float = 0

    def run(self, width: int) -> None:
        if self.after:
            self.after.over.wait()
        try:
            self._run(width)
        except (OSError, UnicodeError) as error:
            self.said.append(str(error))
        finally:
            self.over.set()

    def _run(self, width: int) -> None:
        begun = monotonic()
        with subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as process:
            assert process.stdout
            for line in process.stdout:
                self.said.append(line.rstrip())
                with _printing:
                    print(f"{self.name:<{width}} | {self.said[-1]}", flush=True)
            _pid, status, used = os.wait4(process.pid, 0)
            self.ended = process.returncode = os.waitstatus_to_exitcode(status)
        self.took, self.burnt = monotonic() - begun, used.ru_utime + used.ru_stime


def run(parts: list[Part]) -> int:
    """All at once, but for those that wait for another. Returns how many have failed."""
    if isinstance(sys.stdout, TextIOWrapper):  # what is said has letters that a terminal may not have
        sys.stdout.reconfigure(errors="replace")
    width = max(len(part.name) for part in parts)
    threads = [Thread(target=part.run, args=(width,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failed = [part for part in parts if part.ended != 0]
    for part in failed:
        print(f"\n{part.name} failed; its last lines:", *part.said[-LAST:], sep="\n")
    print()
    for part in parts:
        outcome = "passed" if part.ended == 0 else f"FAILED ({part.ended})"
        print(f"{part.name:<{width}} {outcome:<14}{part.took:6.0f} s, {part.burnt:6.0f} s of processor")
    return len(failed)


def main() -> int:
    parts = {name: Part(name, ["make", "--no-print-directory", name]) for name in AFTER}
    for name, first in AFTER.items():
        parts[name].after = parts.get(first)
    return run(list(parts.values()))


if __name__ == "__main__":
    sys.exit(bool(main()))
