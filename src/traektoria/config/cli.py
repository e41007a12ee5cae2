"""The console script ``traektoria``: management commands of the product."""

import gc
import os
import sys
from pathlib import Path

import django
from django.apps import AppConfig
from django.conf import settings
from django.core.management import __path__ as own_of_django
from django.core.management import execute_from_command_line, find_commands

from traektoria.config.env import WrongSetting

READING = frozenset(
    {"adopt", "backup", "check", "fit_items", "help", "makemigrations", "messages", "questions", "restore"}
    | {"results_table", "showmigrations", "sqlmigrate", "version", "workflow_diagrams", "--help", "--version", "-h"}
)
"""Commands that write nothing of the installation, or look at its identity themselves."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    try:
        if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]):
            print(listing())
            return
        _load()
        if len(sys.argv) > 1 and sys.argv[1] not in READING and not {"-h", "--help"} & set(sys.argv):
            _check_together()
        _execute()
    except WrongSetting as wrong:
        sys.exit(f"traektoria: {wrong}")


def listing() -> str:
    """All commands by application, as Django lists them, and without its models, which take a second to load."""
    places = {"django": own_of_django[0]}
    for application in map(AppConfig.create, reversed(settings.INSTALLED_APPS)):
        places[application.name] = str(Path(application.path, "management"))
    owners = {command: name for name, place in places.items() for command in find_commands(place)}
    lines = ["", "Type 'traektoria help <subcommand>' for help on a specific subcommand.", "", "Available subcommands:"]
    for title, name in sorted((name.rpartition(".")[2], name) for name in set(owners.values())):
        lines += ["", f"[{title}]", *sorted(f"    {command}" for command, owner in owners.items() if owner == name)]
    return "\n".join(lines)


def _load() -> None:
    """Nothing of the modules that are loaded is garbage: to look for it, again and again, took a third of the time."""
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()


def _execute() -> None:
    """Whatever command meets an unprepared or unreachable database ends in a sentence and not in a traceback."""
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        from traektoria.core.installation.unready_database import sentence_of

        sentence = sentence_of(error)
        if sentence is None:
            raise
        sys.exit(f"traektoria: {sentence}")


def _check_together() -> None:
    """A command that writes is refused where folder and database belong to two installations."""
    from django.db import DatabaseError

    from traektoria.core.installation import identity, locks

    try:
        locks.run()
        identity.settle_if_migrated()
    except identity.Apart as apart:
        sys.exit(apart.details)
    except (DatabaseError, OSError):
        return  # the command meets the same trouble, and has the words for it


if __name__ == "__main__":
    main()
