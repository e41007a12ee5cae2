"""Where the hours of a tutor come from: rooms that hold them say in SQL which they are."""

from dataclasses import dataclass

from traektoria.core.registries import Registry


@dataclass(frozen=True)
class LoadSource:
    """``select`` gives the columns tutor, centre, start, finish of hours that count. ``planned``: only those that have
    not begun; what has begun is given, and counted when it is written down."""

    slug: str
    order: int
    select: str
    planned: bool


load_sources: Registry[LoadSource] = Registry("hours that load a tutor")
