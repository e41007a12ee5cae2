"""``traektoria adopt [--looked]``: let a database and a data folder that refuse each other belong together."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from traektoria.core.installation import identity
from traektoria.core.models import Installation


class Command(BaseCommand):
    help = "Show what the database knows of the data folder; with --looked, let them belong together from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--looked", action="store_true", help="I have looked: these files belong to this database.")

    def handle(self, *, looked: bool, **options: Any) -> None:
        key = Installation.objects.values_list("key", flat=True).first() or _("no mark")
        self.stdout.write(_("Database %(name)s: %(key)s") % {"name": identity.database_name(), "key": key})
        for side in identity.sides():
            told = {**vars(side), "folder": side.path, "mark": side.mark or _("no mark")}
            words = _("Folder %(folder)s: %(mark)s. The database names %(named)s, there are %(there)s, both: %(both)s.")
            self.stdout.write(words % told)
        if not looked:
            words = _("If these files belong to this database: traektoria adopt --looked. Nothing is deleted.")
            self.stdout.write(words)
            return
        self.stdout.write(_("They belong together now: %(key)s") % {"key": identity.adopt()})
