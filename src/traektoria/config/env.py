"""Reading the environment: a wrong value fails loudly at start, never later."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
LOCK_TIMEOUT = "8s"
"""Of PostgreSQL: nobody waits for another's lock for ever; the page says so and tries again (core.busy_page)."""


class WrongSetting(Exception):
    """An environment variable holds a value that can't be used."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise WrongSetting(f"{name}={value!r}: write 1 or 0.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isdecimal():
        return int(value)
    raise WrongSetting(f"{name}={value!r}: write a number.")


def words(name: str, default: str) -> list[str]:
    """A comma-separated list without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def address(name: str, known: list[str]) -> str:
    """Where this installation is found, without a slash at the end; the first of the known ones that is whole. Raises
    ``WrongSetting`` for what is no address."""
    given = text(name, "").strip().rstrip("/")
    if given and not given.startswith(("https://", "http://")):
        raise WrongSetting(f"{name}: https://… is expected, not {given!r}")
    return given or next((one.rstrip("/") for one in known if "*" not in one), "")


def directory(name: str, default: Path) -> Path:
    """A directory that exists after the call; a new one is closed to other accounts of the machine."""
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise WrongSetting(f"{name}={path}: this folder can't be made or is none ({trouble.strerror}).") from trouble
    return path


def secret(name: str, kept_in: Path) -> str:
    """The secret of this installation: from the environment, or made once and kept readable to its owner only."""
    if value := os.environ.get(name):
        return value
    try:
        if not kept_in.exists():
            _keep(secrets.token_urlsafe(48), kept_in)
        value = kept_in.read_text().strip()
    except OSError as trouble:
        raise WrongSetting(f"The secret can't be kept in {kept_in} ({trouble.strerror}).") from trouble
    if not value:
        raise WrongSetting(
            f"{kept_in} is empty: bring it back from the backup, or remove it (everybody signs in anew)."
        )
    return value


def _keep(value: str, place: Path) -> None:
    """Whole or not at all, and the first of several processes wins."""
    draft = place.with_name(f".{place.name}-{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(value)
        with suppress(FileExistsError):
            os.link(draft, place)
    finally:
        draft.unlink(missing_ok=True)


def database(url: str, data: Path) -> dict[str, object]:
    """Django's settings of the database named by ``url``; of SQLite in ``data`` where the url is empty.

    The SQLite options are those that lost none of 4 000 concurrent write transactions (Django's defaults lost half).
    """
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        return {
            "ENGINE": "traektoria.core.sqlite",
            "NAME": unquote(parts.path) if parts.path else data / "traektoria.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "options": f"-c lock_timeout={LOCK_TIMEOUT}",
                **_asked_of_the_driver(parts.query),
            },
        }
    raise WrongSetting(f"DATABASE_URL={parts.scheme}://…: write postgresql://… or sqlite:///….")


def _asked_of_the_driver(query: str) -> dict[str, object]:
    """Statements that each page sends keep their plan in the connection (``core.statements.found_often``; Django sends
    none twice), unless the address says ``prepare_threshold=0``."""
    options: dict[str, object] = dict(parse_qsl(query))
    threshold = str(options.get("prepare_threshold", 5))
    if not threshold.isdecimal():
        raise WrongSetting(f"DATABASE_URL=…prepare_threshold={threshold}: write a number, 0 for no kept plans.")
    return options | {"prepare_threshold": int(threshold) or None}
