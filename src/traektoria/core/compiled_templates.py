"""Compiled templates are kept on the disk: what one process has compiled the next ones only read.

Compiling takes ten times as long as drawing. A template is the same while its text is, and while nothing has changed
that was worked out when it was compiled: sentences, addresses, buttons. So the folder has a name of all of that, and an
upgrade begins a new one.
"""

import hashlib
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

import django
import jinja2
import lucide
from django.conf import settings
from jinja2.bccache import BytecodeCache

NEWEST: Final = 8
"""So many folders stay: of a version, one a language and an address prefix. Five megabytes each."""
_LEFT_OUT: Final = frozenset({"__pycache__", "data", "demo", "migrations", "static"})


class CompiledTemplates(BytecodeCache):
    """In ``folder``, made when it is first needed. A disk that is full or not ours to write only costs the time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with suppress(OSError), (self.folder / bucket.key).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with suppress(OSError):
            if not self.folder.is_dir():
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _sweep(self.folder)
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                bucket.write_bytecode(file)
            Path(name).replace(self.folder / bucket.key)


def kept_for(language: str | None, prefix: str) -> CompiledTemplates:
    own = hashlib.blake2b(f"{language} {prefix} {_version()}".encode(), digest_size=16).hexdigest()
    return CompiledTemplates(Path(settings.COMPILED_TEMPLATES) / own)


@cache
def _version() -> str:
    """Of all that a template takes in when it is compiled. Five megabytes: 25 ms a process."""
    told = hashlib.blake2b(f"{sys.version} {django.__version__} {jinja2.__version__}".encode(), digest_size=16)
    told.update(f"{settings.STATIC_URL} {settings.STORAGES['staticfiles']}".encode())
    told.update(str(Path(str(lucide.__file__)).stat().st_mtime_ns).encode())
    with suppress(OSError):
        told.update((Path(settings.STATIC_ROOT) / "staticfiles.json").read_bytes())
    for folder, inside, files in os.walk(settings.PACKAGE):
        inside[:] = sorted(set(inside) - _LEFT_OUT)
        for name in sorted(files):
            if name.endswith((".py", ".mo")):
                told.update(name.encode() + Path(folder, name).read_bytes())
    return told.hexdigest()


def _sweep(own: Path) -> None:
    """Whoever still uses a folder that goes makes it anew."""
    others = [(one.stat().st_mtime, one) for one in own.parent.iterdir() if one != own]
    for _moment, old in sorted(others)[: 1 - NEWEST]:
        shutil.rmtree(old, ignore_errors=True)
