"""``migrate`` of Django, which makes the tables of an empty database at once (``core.installation.first_tables``)."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from traektoria.core.installation.first_tables import AtOnce
from traektoria.core.installation.one_initial import half_sentence

migrate.MigrationExecutor = AtOnce  # type: ignore[attr-defined]


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if sentence := half_sentence(connections[options["database"]]):
            raise CommandError(sentence)
        super().handle(*args, **options)
