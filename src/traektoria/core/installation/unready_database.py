"""Why a command met no database that it can work with, in one sentence: not prepared, out of reach, no database."""

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from traektoria.core.installation.one_initial import half_sentence


def sentence_of(error: DatabaseError, using: str = DEFAULT_DB_ALIAS) -> str | None:
    """None where the database is as it should be: then the error is the program's own."""
    connection = connections[using]
    try:
        connection.close()
        if half := half_sentence(connection):
            return half
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as trouble:
        words = _("The database can't be opened: %(trouble)s Check DATABASE_URL and whether the database runs.")
        return words % {"trouble": f"{str(trouble).strip().rstrip('.')}."}
    if not pending:
        return None
    if not executor.loader.applied_migrations:
        return _("The database is not prepared yet. Run «traektoria migrate» once, then repeat the command.")
    return _("The database is of an older version than the program. Run «traektoria migrate», then repeat the command.")
