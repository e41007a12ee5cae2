"""How far an act within one transaction is: told to whoever listens, for what the transaction writes nobody else sees
before its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_HEARS: ContextVar[Callable[[int], None] | None] = ContextVar("hears", default=None)


@contextmanager
def heard(by: Callable[[int], None]) -> Iterator[None]:
    """``by`` is called with how many more are done, by whatever the block calls."""
    before = _HEARS.set(by)
    try:
        yield
    finally:
        _HEARS.reset(before)


def tell(number: int) -> None:
    """So many rows more are written. Nobody listening, it is nothing."""
    if hears := _HEARS.get():
        hears(number)
