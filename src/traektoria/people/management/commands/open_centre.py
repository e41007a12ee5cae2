"""``traektoria open_centre``: the first step of an installation: a centre and its coordinator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from traektoria.core.text import squash
from traektoria.organisations.actions import open_centre
from traektoria.organisations.models import Municipality, Region, TutorCentre
from traektoria.organisations.regulations.reading import preset_names
from traektoria.people import actions
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.people.passwords import new_password


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

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        centre = _centre(options)
        surname, given, patronymic = [*squash(options["coordinator"]).split(" ", 2), "", ""][:3]
        person = Person.objects.filter(
            roles__centre=centre, surname=surname, given=given, patronymic=patronymic
        ).first()
        person = person or actions.add_person(
            centre=centre, surname=surname, given=given, patronymic=patronymic, by=None
        )
        actions.assign_role(person=person, centre=centre, role=Role.COORDINATOR, start=timezone.localdate(), by=None)
        account = actions.open_account(person=person, centre=centre, email=options["email"], by=None)
        if account.has_usable_password():
            self.stdout.write(f"{centre}: {account.username} has a password already.")
            return
        password = new_password()
        account.set_password(password)
        account.password_given = True
        account.save(update_fields=["password", "password_given"])
        self.stdout.write(
            f"{centre}\n  login     {account.username}\n  password  {password}  (asked to change it at once)"
        )


def _centre(options: dict[str, Any]) -> TutorCentre:
    region = Region.objects.get_or_create(code=options["region_code"], defaults={"name": options["region"]})[0]
    municipality = Municipality.objects.get_or_create(region=region, name=squash(options["municipality"]))[0]
    return open_centre(
        municipality=municipality,
        name=options["centre"],
        preset=options["preset"],
        start=timezone.localdate(),
        by=None,
    )
