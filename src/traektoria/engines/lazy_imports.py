"""What is loaded on first use: who imports a room, or needs a dataclass of an engine, pays for no NumPy (14 MB)."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

__all__ = ["loaded_on_use", "np"]


def loaded_on_use(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The ``__getattr__`` of ``package``; ``homes``: its module → the names that come from there, or the whole name of
    another module."""
    home_of = {
        name: home if home.startswith("traektoria.") else f"{package}.{home}"
        for home, names in homes.items()
        for name in names
    }

    def __getattr__(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(home_of[name]), name)
        setattr(sys.modules[package], name, found)
        return found

    return __getattr__


class _NumPy:
    """``np`` for modules that every process imports and few ask to count."""

    def __getattr__(self, name: str) -> Any:
        import numpy

        found = getattr(numpy, name)
        setattr(self, name, found)
        return found


if not TYPE_CHECKING:
    np = _NumPy()
