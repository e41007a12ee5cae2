"""Files that somebody names on the command line: why one does not open, in words; the command ends with ``NO_FILE``."""

import os
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

NO_FILE = 2
"""The exit code of a command that was given a file that is not there: as for any other wrong word after it."""


def content_of(path: Path) -> bytes:
    """Raises ``CommandError`` with a sentence and the code ``NO_FILE``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(unopened(path, error), returncode=NO_FILE) from error


def unopened(path: Path | str, error: OSError) -> str:
    """«нет.csv не открывается: такого файла или такой папки нет.»"""
    return _("%(file)s does not open: %(reason)s") % {"file": shown(path), "reason": reason(error)}


def reason(error: OSError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return _("there is no such file or folder.")
        case PermissionError():
            return _("there is no permission for it.")
        case IsADirectoryError():
            return _("it is a folder.")
        case _unknown:
            return str(error.strerror)


def shown(path: Path | str) -> str:
    """A name as the terminal can show it, also where it is no text in the encoding of the file system."""
    return os.fsencode(path).decode("utf-8", "replace")
