"""A made-up regional file of the size of a real one: about 26 000 pupils of 600 schools, 15 tasks."""

from functools import cache

from traektoria.demo.files import build
from traektoria.demo.simulation import ClassSpec, SchoolSpec
from traektoria.demo.works import work

SCHOOLS = 630
CLASSES = "АБ"
PUPILS = 21


@cache
def regional_file() -> bytes:
    schools = [
        SchoolSpec(
            digits=f"99{number:04d}",
            name=f"СОШ № {number}",
            municipality=f"муниципальный район № {number % 60 + 1}",
            municipality_code=f"reg99_m{number % 60 + 1:03d}",
            classes=tuple(ClassSpec(f"4{letter}", PUPILS) for letter in CLASSES),
        )
        for number in range(1, SCHOOLS + 1)
    ]
    return build("region_2021", work(2021, "math", 4), schools, seed=1)
