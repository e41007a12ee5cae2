"""Which plans live: from the text of their papers where there is one, else from the regulation of the preset; and the
calendar of the schools, which is our own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ONE_DAY: Final = timedelta(days=1)
Days = tuple[date, date]


@dataclass(frozen=True)
class Scenario:
    """``paper`` is a file of the folder of seeds. ``begins``: the plan's first day, ``last``: the last day that is
    lived. ``copied``: in the autumn the plan is copied to the next year and lives on in the copy."""

    preset: str
    place: str
    paper: str
    span: str
    year: int
    begins: date | None
    last: date
    act: str
    number: str
    act_day: date
    region: str = "23"
    copied: bool = False

    @property
    def first(self) -> date:
        """The day on which the plan is approved and life begins."""
        return self.begins or (date(self.year, 9, 1) if self.span == "school" else date(self.year, 1, 1))

    @property
    def start(self) -> date:
        """On this day the centre was founded."""
        return min(self.first, self.act_day)


SCENARIOS: Final = {
    one.preset: one
    for one in (
        Scenario(
            preset="tbilisskaya",
            place="Тбилисский район",
            paper="tbilisskaya_consulting_point_2020.txt",
            span="school",
            year=2020,
            begins=date(2020, 12, 1),
            last=date(2021, 12, 31),
            act="решением методического совета",
            number="3",
            act_day=date(2020, 11, 27),
            copied=True,
        ),
        Scenario(
            preset="gelendzhik",
            place="город-курорт Геленджик",
            paper="gelendzhik_community_programme_2021.txt",
            span="calendar",
            year=2021,
            begins=date(2021, 3, 1),
            last=date(2021, 12, 31),
            act="приказом управления образования",
            number="67",
            act_day=date(2021, 3, 1),
        ),
        *(
            Scenario(
                preset=preset,
                place="Примерский район",
                paper="",
                span="school",
                year=2021,
                begins=None,
                last=date(2022, 6, 30),
                act="приказом управления образования",
                number="1",
                act_day=date(2021, 8, 30),
            )
            for preset in ("yamal", "kushchevskaya", "balta")
        ),
    )
}


@dataclass(frozen=True)
class SchoolDays:
    """Quarters of a school year; its first and last day are theirs."""

    autumn: int
    quarters: tuple[Days, Days, Days, Days]

    @property
    def year(self) -> Days:
        return self.quarters[0][0], self.quarters[3][1]

    @property
    def holidays(self) -> Iterator[tuple[str, Days]]:
        names = ("Осенние каникулы", "Зимние каникулы", "Весенние каникулы")
        for name, before, after in zip(names, self.quarters, self.quarters[1:], strict=False):
            yield name, (before[1] + ONE_DAY, after[0] - ONE_DAY)
        yield "Летние каникулы", (self.quarters[3][1] + ONE_DAY, date(self.autumn + 1, 8, 31))


CALENDAR: Final = {
    2020: SchoolDays(2020, (
        (date(2020, 9, 1), date(2020, 10, 24)), (date(2020, 11, 2), date(2020, 12, 27)),
        (date(2021, 1, 11), date(2021, 3, 20)), (date(2021, 3, 29), date(2021, 5, 25)),
    )),
    2021: SchoolDays(2021, (
        (date(2021, 9, 1), date(2021, 10, 30)), (date(2021, 11, 8), date(2021, 12, 28)),
        (date(2022, 1, 10), date(2022, 3, 19)), (date(2022, 3, 28), date(2022, 5, 25)),
    )),
}  # fmt: skip
