"""``traektoria import_specification FILE… [--procedure --year --subject --grade]``: tasks and codifiers of a work."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from traektoria.core.errors import DomainError
from traektoria.core.named_files import NO_FILE, unopened
from traektoria.engines.results import subject_slugs
from traektoria.results.actions import import_specification
from traektoria.results.models import Procedure
from traektoria.results.specifications import Work


class Command(BaseCommand):
    help = "Load specifications (task, skill, planned result, КЭС, КТ) and codifiers. Options win over names of files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--procedure", choices=Procedure.values)
        parser.add_argument("--year", type=int)
        parser.add_argument("--subject", choices=subject_slugs())
        parser.add_argument("--grade", type=int)

    def handle(self, *, files: list[Path], **options: Any) -> None:
        work = Work(*(options[name] for name in ("procedure", "year", "subject", "grade")))
        code = 0
        for path in files:
            try:
                found = import_specification(content=path.read_bytes(), filename=path.name, by=None, work=work)
            except OSError as error:
                code = NO_FILE
                self.stderr.write(unopened(path, error))
            except DomainError as error:
                code = code or 1
                self.stderr.write(f"{path}: {error}")
            else:
                counts = f"{found.tasks.count()} tasks, {found.codifier.count()} names of codes"
                self.stdout.write(f"{path}: {found}, {counts}")
        if code:
            sys.exit(code)
