"""What a reader looks at: the table, the level, the place; read from the address and held to what they may see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from django.http import Http404, QueryDict

from traektoria.engines.results.tables import By, Group, Selection, natural
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.results.models import Dataset, DatasetSchool
from traektoria.results.sheets import Names
from traektoria.results.tables import TableKind, level_of


@dataclass(frozen=True)
class FileSchool:
    """A school of the file. ``waits`` for somebody's word which of ours it is (``queries.UNKNOWN``)."""

    code: str
    name: str
    region: str | None
    municipality: str | None
    school_id: int | None
    waits: bool = False


@dataclass(frozen=True)
class Places:
    """All schools of a dataset, and those among them that the reader may see (``visible``)."""

    all: tuple[FileSchool, ...]
    visible: tuple[FileSchool, ...]
    everything: bool

    @cached_property
    def names(self) -> Names:
        return Names({place.code: place.name for place in self.all})

    @cached_property
    def municipalities(self) -> list[str]:
        """Names of municipalities that the reader may see, in alphabetical order."""
        return sorted({place.municipality for place in self.visible if place.municipality}, key=natural)

    @cached_property
    def many(self) -> bool:
        """The file holds more than one municipality."""
        return len({place.municipality for place in self.all}) > 1

    @cached_property
    def known(self) -> int:
        """How many are known to be schools of ours."""
        return sum(place.school_id is not None for place in self.all)

    @cached_property
    def waiting(self) -> int:
        """How many wait for a word."""
        return sum(place.waits for place in self.all)

    @cached_property
    def home(self) -> str | None:
        """The one municipality of the centre's schools in a file of several."""
        own = {place.municipality for place in self.all if place.school_id}
        return own.pop() if self.many and len(own) == 1 else None

    def gives_total(self, municipality: str | None) -> bool:
        """A head sees the total of the municipality unless it is the own schools and one other: then the difference
        would be that school's result."""
        seen = {place.code for place in self.visible}
        others = {place.code for place in self.all if place.municipality == municipality} - seen
        return self.everything or len(others) != 1

    def schools(self, municipality: str | None) -> list[FileSchool]:
        """Schools to choose from, in alphabetical order."""
        found = [place for place in self.visible if municipality in (None, place.municipality)]
        return sorted(found, key=lambda place: natural(place.name))

    def of(self, code: str) -> FileSchool:
        """A school by its code in the file. Raises Http404 for one that the reader may not see."""
        found = next((place for place in self.visible if place.code == code), None)
        if found is None:
            raise Http404
        return found

    def shows(self, group: Group) -> bool:
        """Heads see rows of their own school, and totals of the municipality; the coordinator sees all."""
        if self.everything:
            return True
        if group.by in (By.SCHOOL, By.CLASS):
            return any(place.code == group.school for place in self.visible)
        return any(place.municipality == group.municipality for place in self.visible) and group.by is By.MUNICIPALITY


def places_of(dataset: Dataset, actor: Actor) -> Places:
    """Two queries at most."""
    rows = DatasetSchool.objects.filter(dataset=dataset).values_list(
        "code", "name", "region", "municipality", "school_id", "school__name", "nearby", "not_ours"
    )
    found = tuple(
        FileSchool(
            code,
            ours or (f"{name} ({code})" if name else code),
            region,
            municipality,
            school_id,
            nearby and not (school_id or not_ours),
        )
        for code, name, region, municipality, school_id, ours, nearby, not_ours in rows
    )
    if actor.has(dataset.centre_id, Role.COORDINATOR):
        return Places(found, found, True)
    schools = actor.schools(*HEADS)
    return Places(found, tuple(place for place in found if place.school_id in schools), False)


_quoted = lru_cache(maxsize=1024)(quote_plus)


@dataclass(frozen=True)
class Look:
    """``municipality`` and ``school`` are named as in the file."""

    table: TableKind
    by: By
    municipality: str | None = None
    school: str | None = None

    @cached_property
    def query(self) -> str:
        """The address of this look."""
        told = {
            "table": self.table.value,
            "by": self.by.value,
            "municipality": self.municipality,
            "school": self.school,
        }
        return "?" + "&".join([f"{name}={_quoted(value)}" for name, value in told.items() if value])

    def but(self, **changes: object) -> "Look":
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def listed(self) -> Selection | None:
        """The groups of the table; None where a school must be chosen first."""
        if self.by is By.CLASS and not self.school:
            return None
        return Selection(self.by, municipality=self.municipality, school=self.school)


def look_of(told: QueryDict, places: Places) -> Look:
    """Read the address; what it does not say is chosen for the reader. Raises Http404 for a foreign school."""
    asked = told.get("table", "")
    table = TableKind(asked) if asked in set(TableKind) else TableKind.COMPLETION
    school = told.get("school") or None
    municipality = told.get("municipality") or None
    if not told and not places.everything:
        school = places.visible[0].code if places.visible else None
    if not told and places.everything:
        municipality = places.home
    if school:
        municipality = places.of(school).municipality
    elif municipality and municipality not in places.municipalities:
        raise Http404
    elif not places.everything and places.many:
        municipality = next(iter(places.municipalities), None)
    if not (school or places.gives_total(municipality or _only(places))):
        school = places.visible[0].code
    by = level_of(told.get("by", "")) or (By.CLASS if school else By.SCHOOL)
    if by not in levels_for(places, municipality, school):
        by = levels_for(places, municipality, school)[0]
    return Look(table, by, municipality, school)


def _only(places: Places) -> str | None:
    """The one municipality of the file."""
    return None if places.many else places.all[0].municipality if places.all else None


def levels_for(places: Places, municipality: str | None, school: str | None) -> Sequence[By]:
    """Levels that make sense here: classes always (a school is asked for), municipalities where there are several."""
    if school:
        return (By.CLASS, By.SCHOOL)
    if places.everything and places.many and not municipality:
        return (By.SCHOOL, By.MUNICIPALITY, By.CLASS)
    return (By.SCHOOL, By.CLASS)


def focus_of(look: Look, places: Places) -> Selection:
    """The one group that the reader looks at first: the school, else the municipality, else the whole file."""
    if look.school:
        return Selection(By.SCHOOL, municipality=look.municipality, school=look.school)
    if look.municipality or not places.many:
        return Selection(By.MUNICIPALITY, municipality=look.municipality)
    return Selection(By.REGION)


def reference_of(look: Look, places: Places) -> Selection | None:
    """What the focus is compared with: the municipality, or the whole file for who may see it."""
    if look.school:
        return (
            Selection(By.MUNICIPALITY, municipality=look.municipality)
            if places.gives_total(look.municipality)
            else None
        )
    if look.municipality and places.many and places.everything:
        return Selection(By.REGION)
    return None
