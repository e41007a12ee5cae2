"""Where the readers put what they read and what they could not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from traektoria.engines.questionbanks.errors import Rejected
from traektoria.engines.questionbanks.limits import Limits
from traektoria.engines.questionbanks.model import Bank, FileFormat, Problem, Question

Labelled = str | int
NAME_CHARACTERS = 60
_NOTHING: Final = {
    FileFormat.GIFT: "empty_gift",
    FileFormat.MOODLE_XML: "empty_moodle_xml",
    FileFormat.TABLE: "empty_table",
}


class Full(Exception):
    """The limit of questions is reached: stop reading."""


class Findings:
    """Collects questions and problems of one file; knows which question is being read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.questions: list[Question] = []
        self.problems: list[Problem] = []
        self.file = ""  # inside a package: which file the lines belong to
        self.sheet = ""  # of a workbook with several tables
        self._count = 0
        self._number = 0  # of the question that is being read; 0 between questions
        self._name = ""

    def warn(self, line: int, code: str, *, column: str = "", **params: Labelled) -> None:
        """Tell of something that does not stop the question from being imported."""
        self._add(Problem(line, code, _short(params), self._name, self._number, fatal=False, column=column))

    def fail(self, line: int, code: str, *, column: str = "", **params: Labelled) -> None:
        """Tell of a question, or of a part of the file, that is not imported."""
        self._add(Problem(line, code, _short(params), self._name, self._number, fatal=True, column=column))

    def name(self, name: str) -> None:
        """Name the question that is being read, for its problems."""
        self._name = " ".join(name.split())[:NAME_CHARACTERS]

    @contextmanager
    def question(self, line: int) -> Iterator[Callable[[Question], None]]:
        """Read one question: what is `Rejected` inside becomes a fatal problem. Raises Full at the limit."""
        if len(self.questions) >= self.limits.questions:
            self.fail(line, "too_many_questions", limit=self.limits.questions)
            raise Full
        self._count += 1
        self._number = self._count
        try:
            yield self.questions.append
        except Rejected as error:
            self.fail(error.line, error.code, column=error.column, **error.params)
        finally:
            self._name = ""
            self._number = 0

    def bank(self, encoding: str, file_format: FileFormat) -> Bank:
        """Everything, problems in the order of lines. Where nothing was read, something says why."""
        if not self.questions and not any(problem.fatal for problem in self.problems):
            self.fail(0, _NOTHING.get(file_format, "no_items"))
        ordered = sorted(self.problems, key=lambda problem: problem.line)
        return Bank(tuple(self.questions), tuple(ordered), encoding, file_format)

    def _add(self, problem: Problem) -> None:
        if self.file:
            problem = replace(problem, params={**problem.params, "file": self.file})
        if self.sheet:
            problem = replace(problem, params={**problem.params, "sheet": self.sheet})
        limit = self.limits.problems
        if len(self.problems) < limit:
            self.problems.append(problem)
        elif len(self.problems) == limit:
            self.problems.append(Problem(problem.line, "too_many_problems", {"limit": limit}, fatal=problem.fatal))


def _short(params: dict[str, Labelled]) -> dict[str, Labelled]:
    return {key: value[:200] if isinstance(value, str) else value for key, value in params.items()}
