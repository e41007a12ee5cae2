"""``traektoria restore ARCHIVE [--replace]``, ``traektoria restore --finish``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.core.installation.restore import finish, restore
from traektoria.core.named_files import NO_FILE


class Command(BaseCommand):
    help = "Make the installation what an archive of `traektoria backup` holds. The server must be stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, nargs="?")
        parser.add_argument("--replace", action="store_true", help="Put aside what is there.")
        parser.add_argument("--finish", action="store_true", help="Go on with a restore that was killed.")

    def handle(self, *, archive: Path | None, replace: bool, **options: Any) -> None:
        if (archive is None) != options["finish"]:
            raise CommandError(_("Name an archive, or say --finish."))
        if archive is not None and not archive.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": archive}, returncode=NO_FILE)
        try:
            done = finish() if archive is None else restore(archive, replace=replace, tell=self.stdout.write)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(_("Restored. What was here before is kept under the name %(name)s.") % {"name": done.before})
        self.stdout.write(_("Everybody signs in anew. Look whether all is there: traektoria check"))
