"""Result files of made-up schools for the tests of the room, in the real layouts."""

import random
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from traektoria.demo.files import build, extension
from traektoria.demo.simulation import USUAL, ClassSpec, Dirt, SchoolSpec
from traektoria.demo.works import work
from traektoria.organisations.models import TutorCentre
from traektoria.results.actions import ImportOutcome, import_file

WORK = work(2021, "math", 4)


def school_spec(digits: str, municipality: str, sizes: Sequence[int], letters: str = "АБВГ") -> SchoolSpec:
    classes = tuple(ClassSpec(f"4{letter}", size) for letter, size in zip(letters, sizes, strict=False))
    return SchoolSpec(digits, f"Школа {digits}", municipality, "reg99_m001", classes)


def schools(municipality: str = "Примерный район", numbers: Sequence[int] = (1, 2, 3)) -> list[SchoolSpec]:
    """Schools 990001 … with two classes of 24 and 22 pupils."""
    return [school_spec(f"99{number:04d}", municipality, (24, 22)) for number in numbers]


def make_file(
    layout: str = "region_2021", specs: Sequence[SchoolSpec] | None = None, seed: int = 1, dirt: Dirt = USUAL
) -> tuple[bytes, str]:
    """Bytes and a name that says the work."""
    content = build(layout, WORK, list(specs or schools()), seed, dirt)
    return content, f"{layout}_{WORK.year}_math_4.{extension(layout)}"


def make_dataset(centre: TutorCentre, layout: str = "region_2021", **how: Any) -> ImportOutcome:
    content, name = make_file(layout, **how)
    return import_file(centre=centre, content=content, filename=name, by=None)


SITTING = {"procedure": "complex", "year": 2026, "subject": "math", "grade": 5}
Pupil = tuple[str, str, int]
"""School, class, number."""


def pupils(sizes: Mapping[str, Mapping[str, int]]) -> list[Pupil]:
    """Everybody of some classes: school → class → how many."""
    return [(code, name, number) for code, own in sizes.items() for name, n in own.items() for number in range(n)]


def plain_file(people: Sequence[Pupil], *, work: int = 0, tasks: int = 12, corrected: Collection[Pupil] = ()) -> bytes:
    """A table of one's own: each pupil has the same scores in every file of one ``work``, but for the corrected."""
    lines = [";".join(["школа", "класс", "участник", *map(str, range(1, tasks + 1))])]
    for place, (school, name, number) in enumerate(people):
        chance = random.Random(f"{work} {school} {name} {number} {(school, name, number) in corrected}")
        lines.append(";".join([school, name, f"5{place:04}", *(str(chance.randint(0, 2)) for _ in range(tasks))]))
    return "\n".join(lines).encode("utf-8-sig")


def load_plain(centre: TutorCentre, people: Sequence[Pupil], name: str = "таблица.csv", **how: Any) -> ImportOutcome:
    return import_file(centre=centre, content=plain_file(people, **how), filename=name, by=None, answers=SITTING)
