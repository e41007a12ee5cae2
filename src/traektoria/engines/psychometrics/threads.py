"""Two threads of our own, one for the linear algebra inside each.

The threads of OpenBLAS wait for each other in busy loops: beside other work on the same cores a fit took ten times
longer. So while we work it has one thread, and chunks of people go to two threads of ours. Results are added in the
order of the chunks, so they do not depend on who was first.
"""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

WORKERS = 2
_LIBRARIES = (
    ("numpy._core._multiarray_umath", "scipy_openblas_{}_num_threads64_"),
    ("scipy.linalg._fblas", "scipy_openblas_{}_num_threads"),
)
T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def one_thread_inside() -> Iterator[None]:
    """OpenBLAS of NumPy and of SciPy with one thread; with another library nothing is changed."""
    before = [(setter, getter()) for getter, setter in _controls()]
    for setter, _ in before:
        setter(1)
    try:
        yield
    finally:
        for setter, number in before:
            setter(number)


@cache
def _controls() -> tuple[tuple[Any, Any], ...]:
    """How to read and to set the number of threads of each library that has one."""
    found = []
    for module, name in _LIBRARIES:
        library = ctypes.CDLL(import_module(module).__file__)
        getter, setter = (getattr(library, name.format(verb), None) for verb in ("get", "set"))
        if getter is not None and setter is not None:
            found.append((getter, setter))
    return tuple(found)


def in_order(work: Callable[[T], R], parts: Iterable[T], number: int) -> Iterator[R]:
    """Results of `work` in the order of `parts`; by two threads where there are more than two."""
    if number <= WORKERS:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(work, parts)
