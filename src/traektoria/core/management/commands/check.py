"""``traektoria check [--mend] [--set-aside]``: is the installation whole? Takes the place of Django's own ``check``."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from traektoria.core.installation import check


class Command(BaseCommand):
    help = (
        "Compare rows and files, identity and access rights; print each difference with its remedy. Exit code 1 if any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Close files and folders to other accounts.")
        parser.add_argument("--set-aside", action="store_true", help="Put files that no row names into quarantine.")

    def handle(self, *, mend: bool, set_aside: bool, **options: Any) -> None:
        if mend:
            self.stdout.write(_("Closed to other accounts: %(count)s") % {"count": check.mend_modes()})
        for path in check.set_aside() if set_aside else ():
            self.stdout.write(_("Put aside: %(name)s") % {"name": path})
        count = 0
        for count, each in enumerate(check.differences(), 1):  # noqa: B007 - counted after the loop
            self.stdout.write(f"{each.what}\n    {each.remedy}")
        if count:
            self.stdout.write(_("Differences: %(count)s") % {"count": count})
            sys.exit(1)
        self.stdout.write(_("All is in its place."))
