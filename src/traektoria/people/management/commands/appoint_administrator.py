"""``traektoria appoint_administrator``: who founds centres in the browser."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.core.errors import Invalid
from traektoria.people.administrator import appoint_administrator


class Command(BaseCommand):
    help = "Make a person the administrator of the installation; prints login and first password. Repeating it is safe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="surname, given name and patronymic in one string")
        parser.add_argument("--email", default="", help="e-mail of the account; tells namesakes apart")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = appoint_administrator(name=options["name"], email=options["email"], by=None)
        except Invalid as refusal:
            raise CommandError(refusal.sentence) from refusal
        who, login = made.person.full_name, made.account.username
        if not made.password:
            self.stdout.write(f"{who}: {login} is the administrator and has a password already.")
            return
        self.stdout.write(f"{who}\n  login     {login}\n  password  {made.password}  (asked to change it at once)")
