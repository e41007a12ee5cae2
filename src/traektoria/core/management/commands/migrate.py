"""``migrate`` of Django, which makes the tables of an empty database at once (``core.installation.first_tables``)."""

from django.core.management.commands import migrate

from traektoria.core.installation.first_tables import AtOnce

migrate.MigrationExecutor = AtOnce  # type: ignore[attr-defined]


class Command(migrate.Command):
    pass
