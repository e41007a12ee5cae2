"""``traektoria open_centre``: the first step of an installation: a centre and its coordinator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from traektoria.core.text import squash
from traektoria.organisations.regulations.contents import preset_names
from traektoria.people.founding import Founding, found_centre


class Command(BaseCommand):
    help = "Open a tutor centre with its coordinator; prints the login and the first password. Repeating it is safe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region-code", required=True, help="number of the region: 22")
        parser.add_argument("--region", required=True, help="its name")
        parser.add_argument("--municipality", required=True)
        parser.add_argument("--centre", required=True, help="name of the centre")
        parser.add_argument("--coordinator", required=True, help="surname, given name and patronymic in one string")
        parser.add_argument("--email", default="")
        parser.add_argument("--preset", default="yamal", choices=preset_names(), help="whose regulation it begins with")

    def handle(self, *args: Any, **options: Any) -> None:
        surname, given, patronymic = [*squash(options["coordinator"]).split(" ", 2), "", ""][:3]
        founding = Founding(
            region_code=options["region_code"],
            region=options["region"],
            municipality=options["municipality"],
            name=options["centre"],
            preset=options["preset"],
            start=timezone.localdate(),
            surname=surname,
            given=given,
            patronymic=patronymic,
            email=options["email"],
        )
        founded = found_centre(founding=founding, by=None)
        centre, login = founded.centre, founded.account.username
        if not founded.password:
            self.stdout.write(f"{centre}: {login} has a password already.")
            return
        self.stdout.write(
            f"{centre}\n  login     {login}\n  password  {founded.password}  (asked to change it at once)"
        )
