"""``traektoria demo_logins``: the table of logins that ``make run`` prints under the address."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from traektoria.demo.cast import CAST, accounts
from traektoria.demo.people import PASSWORD


class Command(BaseCommand):
    help = "Print whom to sign in as in the demo."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        found = accounts()
        if not settings.DEMO or not found:
            self.stdout.write("  Демонстрация не включена: войдите своим логином.")
            return
        self.stdout.write(f"  Войти одним нажатием: адрес + /demo/. Пароль у всех: {PASSWORD}")
        width = max(map(len, found))
        for part in CAST:
            if account := found.get(part.login):
                self.stdout.write(f"    {part.login:<{width}}  {part.role}: {account.get_full_name()}")
