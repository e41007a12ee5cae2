"""``traektoria workflow_diagrams [--check]``: docs/workflows/ from the tables of transitions."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.core.workflow import diagram, workflows


class Command(BaseCommand):
    help = "Write docs/workflows/*.md from the workflows; with --check, fail where a page is not as generated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--folder", type=Path, default=Path("docs/workflows"))

    def handle(self, *, check: bool, folder: Path, **options: Any) -> None:
        pages = {folder / f"{slug}.md": diagram(workflow) for slug, workflow in sorted(workflows.items())}
        stale = [path for path, page in pages.items() if not path.exists() or path.read_text() != page]
        stale += [path for path in folder.glob("*.md") if path not in pages]
        if check:
            if stale:
                raise CommandError("Not as generated: " + ", ".join(map(str, stale)))
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path, page in pages.items():
            path.write_text(page)
