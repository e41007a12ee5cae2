"""Groups of participants, and the only order in which they are ever listed: by name."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_DIGITS = re.compile(r"(\d+)")


class By(StrEnum):
    """The level whose groups a table lists."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"
    CLASS = "class"


LEVELS = (By.REGION, By.MUNICIPALITY, By.SCHOOL, By.CLASS)
COLUMNS = ("region", "municipality", "school", "class_name")


@dataclass(frozen=True)
class Group:
    """One group by its path from the top: region, municipality, school, class.

    A part not stated in the source is None.
    """

    key: tuple[str | None, ...]

    @property
    def by(self) -> By:
        """The level of the group."""
        return LEVELS[len(self.key) - 1]

    @property
    def name(self) -> str | None:
        """The group's own name or code, as given in the source."""
        return self.key[-1]

    @property
    def region(self) -> str | None:
        """The region, where one is stated."""
        return self.key[0]

    @property
    def municipality(self) -> str | None:
        """The municipality, where the group has one."""
        return self._part(1)

    @property
    def school(self) -> str | None:
        """The school, where the group has one."""
        return self._part(2)

    @property
    def class_name(self) -> str | None:
        """The class, where the group is one."""
        return self._part(3)

    def _part(self, depth: int) -> str | None:
        return self.key[depth] if len(self.key) > depth else None


@dataclass(frozen=True)
class Selection:
    """What a table lists (`by`) and within what; a filter that is None does not restrict."""

    by: By = By.MUNICIPALITY
    region: str | None = None
    municipality: str | None = None
    school: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that name a group of this level, from the top."""
        return COLUMNS[: LEVELS.index(self.by) + 1]

    @property
    def filters(self) -> dict[str, str]:
        """The filters that restrict, by column."""
        named = {"region": self.region, "municipality": self.municipality, "school": self.school}
        return {column: value for column, value in named.items() if value is not None}


SortKey = tuple[bool, tuple[tuple[bool, int, str], ...], str]


@lru_cache(maxsize=65536)
def natural(text: str | None) -> SortKey:
    """Sort key of a name as people order names: 4А before 10А, е and ё together, what has no name last."""
    if text is None:
        return (True, (), "")
    folded = text.casefold().replace("ё", "е")
    parts = tuple(
        (False, int(part), "") if part.isdecimal() else (True, 0, part) for part in _DIGITS.split(folded) if part
    )
    return (False, parts, text)


def alphabetical(group: Group) -> tuple[SortKey, ...]:
    """Sort key of a group: by the names on its path. Nothing is ever ordered by a result."""
    return tuple(natural(part) for part in group.key)
