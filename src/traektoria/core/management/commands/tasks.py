"""``traektoria tasks``: what the worker has done, does and will do; ``--run`` does it here and now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.core.tasks import queries
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.core.typography import ru_moment


class Command(BaseCommand):
    help = "List the background work. A process beside the server does it; --run is for a server without one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="Do all that is due now, and end: for cron.")

    def handle(self, *, run: bool, **options: Any) -> None:
        if run:
            do_what_is_due()
        for line in queries.lines():
            times = [ru_moment(line.done_at) or "-", ru_moment(line.due_at) or "-"]
            self.stdout.write("  ".join([line.state.value.ljust(10), *times, str(line.name), line.trouble]).rstrip())
        if queries.failed_count():
            raise CommandError("Some tasks gave up after several tries.")
