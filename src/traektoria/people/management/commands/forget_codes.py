"""``traektoria forget_codes``: for who has lost both the telephone and the spare codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from traektoria.core.errors import Invalid
from traektoria.people.own_hand import forget_codes


class Command(BaseCommand):
    help = "Switch off the code at sign-in of an account whose owner has lost the telephone and the spare codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help="login of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = forget_codes(login=options["login"])
        except Invalid as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{account.username}: the password alone opens the account now; its owner is told.")
