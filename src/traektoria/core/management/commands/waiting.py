"""``traektoria waiting [--mend]``: do ``core.Waiting`` and ``core.Engagement`` say what the rooms say?

Each difference is printed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from traektoria.core import ledgers


class Command(BaseCommand):
    help = (
        "Compare what waits and what is fixed in time with what the rooms say now; print each difference. "
        "Exit code 1 if any is left."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Write what differs.")
        parser.add_argument("--check", action="store_true", help="Only compare; so it is without --mend too.")

    def handle(self, *, mend: bool, check: bool, **options: Any) -> None:
        mend = mend and not check
        found = ledgers.mend() if mend else list(ledgers.differences())
        for difference in found:
            self.stdout.write(str(difference))
        if not found:
            self.stdout.write(_("What waits and what is fixed in time is written as it is."))
        elif not mend:
            sys.exit(1)
