"""``traektoria found_centre``: the first centre of a real installation, with its first coordinator."""

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.organisations.models import Municipality, Region, TutorCentre
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person, RoleAssignment


class Command(BaseCommand):
    help = "Found a tutor centre with its first coordinator; asks for the password. Run again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, help='number and name: "99 Примерская область"')
        parser.add_argument("--municipality", required=True)
        parser.add_argument("--name", required=True, help="name of the centre")
        parser.add_argument("--coordinator", required=True, help="login of the first coordinator")
        parser.add_argument("--coordinator-name", default="", help='"Иванова Мария Петровна"')
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, **options: Any) -> None:
        code, _, region_name = options["region"].partition(" ")
        if not (code.isdigit() and region_name):
            raise CommandError('--region: write the number and the name, as in "99 Примерская область".')
        if Account.objects.filter(username=options["coordinator"]).exists():
            self.stdout.write("This login exists already: nothing changed.")
            return
        password = input() if options["password_stdin"] else getpass.getpass("Password of the coordinator: ")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with transaction.atomic():
            centre = self._centre(code, region_name, options["municipality"], options["name"])
            self._coordinator(centre, options["coordinator"], options["coordinator_name"], password)
        self.stdout.write(self.style.SUCCESS(f"{centre.name}: founded, the coordinator signs in."))

    def _centre(self, code: str, region_name: str, municipality_name: str, name: str) -> TutorCentre:
        region, _ = Region.objects.get_or_create(code=code, defaults={"name": region_name})
        municipality, _ = Municipality.objects.get_or_create(region=region, name=municipality_name)
        centre, created = TutorCentre.objects.get_or_create(municipality=municipality, name=name)
        if created:
            audit.record("centre.founded", centre, by=None, centre_id=centre.pk)
        return centre

    def _coordinator(self, centre: TutorCentre, login: str, full_name: str, password: str) -> None:
        surname, given, patronymic = ([*full_name.split(), "", "", ""])[:3]
        person = Person.objects.create(surname=surname or login, given=given, patronymic=patronymic)
        Account.objects.create_user(username=login, password=password, person=person)
        RoleAssignment.objects.create(
            person=person, role=Role.COORDINATOR, centre=centre, start=timezone.localdate()
        )  # fmt: skip
