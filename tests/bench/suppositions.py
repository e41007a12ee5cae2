"""How often the engine of suppositions errs and what it finds: ``python -m tests.bench.suppositions`` (the tables of
docs/suppositions.md).

Two simulators of different form, ``tests.engines.deficits.simulated`` and ``.region``, share nothing with the engine's
model and nothing with each other. Beside each share stands its 95 % interval (Wilson's).
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.engines.deficits import region
from tests.engines.deficits.simulated import SETTINGS, Made, Told, World, make, told
from traektoria.engines.figures import wilson

REPORT = Path("docs/suppositions.md")
NULL = (
    ("1 year, 40 schools", {}),
    ("2 years, 15 schools", {"years": 2, "schools": 15, "both": 1.0}),
    ("2 years, 6 districts of 6 schools", {"years": 2, "schools": 6, "municipalities": 6}),
)
POWER = (
    ("two classes, one work", {"both": 1.0, "classes": (2, 4)}),
    ("one class, two years", {"both": 0.0, "years": 2}),
    ("two classes, two years", {"both": 1.0, "classes": (2, 4), "years": 2}),
    ("two classes, three years", {"both": 1.0, "classes": (2, 4), "years": 3}),
)
POINTS = (10, 15, 25)
USUAL = region.Region(region.SPREADS[0], years=3, both=1.0, classes=(2, 3, 4))
"""Two classes and three years: where suppositions are made at all. Absent pupils, ceilings, two schools are in it."""
ONE = replace(USUAL, years=1, both=0.0)
DESIGNS = (
    ("13 schools", replace(USUAL, schools=13)),
    ("6 districts of 6 schools", replace(USUAL, schools=6, municipalities=6)),
    ("the same pupils, three works", replace(USUAL, grow=True)),
    ("all topics of a teacher differ", replace(USUAL, lower=1.0)),
    ("one class, one work, own diagnostics", replace(ONE, named=0.3, misnamed=0.06)),
    ("the same, and the diagnostics say nothing", replace(ONE, named=0.15, misnamed=0.15)),
    ("two years, own diagnostics", replace(ONE, years=2, named=0.3, misnamed=0.06)),
    ("the same, and the diagnostics say nothing", replace(ONE, years=2, named=0.15, misnamed=0.15)),
)
OF_DESIGNS = ("0.05, t3", "real, normal")
Line = str
Cells = tuple[Told, ...]


def share(part: int, whole: int, digits: int = 1) -> str:
    """«12.5 (8.1–18.0)», or a dash."""
    if not whole:
        return "–"
    low, high = wilson(part / whole, whole)
    return f"{100 * part / whole:.{digits}f} ({100 * low:.{digits}f}–{100 * high:.{digits}f})"


def run(made: Callable[[int], Made], seeds: range) -> Told:
    return sum((told(made(seed)) for seed in seeds), Told())


def null_lines(runs: int) -> Iterable[Line]:
    yield "| nobody differs | data | teachers | a supposition, % (≤ 5) | strong, % (≤ 0.5) |"
    yield "|---|---|---|---|---|"
    for setting in SETTINGS:
        for name, how in NULL:
            found = run(partial(make, World(setting, **how)), range(1000, 1000 + runs))  # type: ignore[arg-type]
            named, strong = share(found.named, found.innocent), share(found.strong, found.innocent, 2)
            yield f"| {setting.name} | {name} | {found.innocent} | {named} | {strong} |"


def power_lines(runs: int) -> Iterable[Line]:
    head = " | ".join(f"found at {points} points, %" for points in POINTS)
    yield f"| 15 % differ | data | {head} | suppositions at 15 | of them false, % (≤ 20) |"
    yield "|---|---|---|---|---|---|---|"
    for setting in SETTINGS:
        for name, how in POWER:
            worlds = {points: World(setting, differ=0.15, points=points, **how) for points in POINTS}  # type: ignore[arg-type]
            found = {points: run(partial(make, one), range(2000, 2000 + runs)) for points, one in worlds.items()}
            power = " | ".join(share(found[points].found, found[points].lower) for points in POINTS)
            wrong = share(found[15].wrong, found[15].suppositions)
            yield f"| {setting.name} | {name} | {power} | {found[15].suppositions} | {wrong} |"


def spread_lines(runs: int) -> Iterable[Line]:
    """A line for each spread, and one for each variance over all laws together."""
    yield from region_head("effects: variance, law")
    together: dict[str, list[Cells]] = defaultdict(list)
    for spread in region.SPREADS:
        cells = region_cells(replace(USUAL, spread=spread), runs)
        together[spread.name.split(",")[0]].append(cells)
        yield region_line(spread.name, runs, cells)
    for name, several in together.items():
        if len(several) > 2:
            sums = tuple(sum(column, Told()) for column in zip(*several, strict=True))
            yield region_line(f"**{name}, all laws**", runs * len(several), sums)


def design_lines(runs: int) -> Iterable[Line]:
    yield from region_head("effects; data")
    spreads = {spread.name: spread for spread in region.SPREADS}
    for name in OF_DESIGNS:
        for design, one in DESIGNS:
            yield region_line(f"{name}; {design}", runs, region_cells(replace(one, spread=spreads[name]), runs))


def region_head(first: str) -> Iterable[Line]:
    power = " | ".join(f"found at {points}, %" for points in POINTS[1:])
    yield (
        f"| {first} | worlds | nobody differs: teachers | a supposition, % (≤ 5) | strong, % (≤ 0.5) "
        f"| {power} | suppositions at 15 | of them false, % (≤ 20) |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"


def region_cells(world: region.Region, runs: int) -> Cells:
    """Where nobody differs, and where 15 % do by 15 and by 25 points."""
    nobody = run(partial(region.make, world), range(3000, 3000 + runs))
    worlds = [replace(world, differ=0.15, points=points) for points in POINTS[1:]]
    return (nobody, *(run(partial(region.make, one), range(4000, 4000 + runs)) for one in worlds))


def region_line(name: str, runs: int, cells: Cells) -> Line:
    nobody, *differ = cells
    power = " | ".join(share(one.found, one.lower) for one in differ)
    named, strong = share(nobody.named, nobody.innocent), share(nobody.strong, nobody.innocent, 2)
    said = differ[0].suppositions
    return (
        f"| {name} | {runs} | {nobody.innocent} | {named} | {strong} | {power} | {said} "
        f"| {share(differ[0].wrong, said)} |"
    )


TABLES: dict[str, Callable[[int], Iterable[Line]]] = {
    "null": null_lines,
    "power": power_lines,
    "spreads": spread_lines,
    "designs": design_lines,
}


def write(path: Path, table: str, lines: list[Line]) -> None:
    begin, end = f"<!-- bench {table}: begin -->", f"<!-- bench {table}: end -->"
    before, rest = path.read_text().split(begin)
    path.write_text("\n".join([before + begin, "", *lines, "", end + rest.split(end)[1]]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=20, help="worlds in each cell")
    parser.add_argument("--output", type=Path, default=REPORT)
    parser.add_argument("--only", choices=list(TABLES))
    asked = parser.parse_args()
    for table, of in TABLES.items():
        if asked.only in {None, table}:
            lines = []
            for line in of(asked.runs):
                lines.append(line)
                print(line, flush=True)
            write(asked.output, table, lines)
    print(json.dumps({"worlds": asked.runs}))


if __name__ == "__main__":
    main()
