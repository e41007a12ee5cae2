"""``traektoria backup TARGET``: everything that the installation knows, in one file, while people go on working."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.core.figures import MEGABYTE, figure
from traektoria.core.installation.backup import back_up
from traektoria.core.installation.identity import Apart
from traektoria.core.named_files import NO_FILE


class Command(BaseCommand):
    help = "Copy database and files into one archive that either kind of database can be restored from."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="the archive to be made, or a folder for it")

    def handle(self, *, target: Path, **options: Any) -> None:
        try:
            done = back_up(target)
        except Apart as apart:
            raise CommandError(apart.details) from apart
        except Refused as refusal:
            code = NO_FILE if refusal.code == "no_target" else 1
            raise CommandError(refusal.sentence, returncode=code) from refusal
        for name in done.missing:
            self.stderr.write(_("Not on the disk any more, and so not in the archive: %(name)s") % {"name": name})
        words = _("%(path)s: rows %(rows)s, files %(files)s (%(megabytes)s MB)")
        told = {**vars(done), "megabytes": figure(done.size / MEGABYTE, 1)}
        self.stdout.write(words % told)
