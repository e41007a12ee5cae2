"""``python -m tests.bench [--sizes 150,15000] [--databases sqlite,postgres] [--only NAME] [--people N] [--seconds N]``.

Measures, and writes the report docs/bench.md; one part alone is printed. Each figure stands beside a floor measured in
the same run, so that a slow or busy machine does not change the verdict much.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench import door, hours, mastery, registration

REPORT = Path("docs/bench.md")
BY_HAND = "<!-- What follows is written by hand and stays. -->"
GOALS = {  # page -> (requests a second at c=4, queries), shared goals against the peer
    "desk": (170, 10),
    "desk of a teacher": (170, 10),
    "list of routes": (450, 6),
    "routes of the centre": (450, 6),
    "one route": (270, 10),
    "supports of a centre": (300, 8),
}
OPENINGS = {  # slug -> (heading, what each does, what must never be)
    "hours": (
        "Opening of a popular Hour",
        "Each opens the free hours and presses a time of the first page; who is late presses one of the next that are "
        "named, twice at most.",
        hours.NEVER,
    ),
    "registration": (
        "Registration for an event opens",
        "Each opens the page of an event of 300 places and registers; who comes too late stands in the waiting list.",
        registration.NEVER,
    ),
    "door": (
        "The door of an event",
        "Four phones mark who comes, one press after another; twice each hears no answer to its last twenty presses "
        "and sends them all again.",
        door.NEVER,
    ),
}
DOOR = "500"
"""Who come through one door: as many as a hall holds, whatever else is asked."""
FIRST_VIEW = 60_000
REQUESTS = 6
GROWTH = 1.25


def run(module: str, *arguments: str, postgres: bool = False) -> dict[str, Any]:
    """One bench in a process and a folder of its own."""
    command = [sys.executable, "-m", module, *arguments]
    if postgres:
        command = [sys.executable, "-m", "tests.postgres", *command]
    with tempfile.TemporaryDirectory(prefix="traektoria-bench-") as folder:
        environment = {**os.environ, "TRAEKTORIA_DATA": folder}
        if not postgres:
            environment.pop("DATABASE_URL", None)
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def engine_lines(engines: dict[str, Any]) -> list[str]:
    imports, tables, cards = engines["import"], engines["tables"], engines["cards"]
    return [
        "| engine | floor | ours | ratio | goal | |",
        "|---|---|---|---|---|---|",
        f"| import of {imports['rows']} × 24 xlsx | reading alone, calamine: {imports['reading']:.2f} s "
        f"| {imports['importing']:.2f} s | {imports['ratio']:.2f} | ≤ {imports['goal']} "
        f"| {verdict(imports['ratio'] <= imports['goal'])} |",
        f"| completion by school over {tables['rows']} answers | hand-written SQL, DuckDB: {tables['sql']:.3f} s "
        f"| {tables['table']:.3f} s | {tables['ratio']:.2f} | ≤ {tables['goal']} "
        f"| {verdict(tables['ratio'] <= tables['goal'])} |",
        f"| route cards of two pages, PDF | their words by bare Typst: {cards['floor_per_second']:.0f} a second a core "
        f"| {cards['pdf_per_second']:.0f} a second a core | {cards['ratio']:.2f} | ≥ {cards['goal']} "
        f"| {verdict(cards['pdf_per_second'] >= cards['goal'])} |",
        f"| the same as DOCX | | {cards['docx_per_second']:.0f} a second a core | | | |",
        *deadline_lines(engines["deadlines"]),
        *plan_lines(engines["plans"]),
        *psychometric_lines(engines["psychometrics"]),
    ]


def deadline_lines(result: dict[str, Any]) -> list[str]:
    goal = result["goal"]
    reached = result["ratio"] <= goal["ratio"] and result["a_minute"] >= goal["a_minute"]
    return [
        f"| deadlines read, {result['a_minute']:.0f} a minute a core, {result['dated_a_minute']:.0f} with their dates "
        f"| tokens alone: {result['floor'] * 1e3:.3f} ms | {result['reading'] * 1e3:.3f} ms | {result['ratio']:.1f} "
        f"| ≤ {goal['ratio']}, ≥ {goal['a_minute']} a minute | {verdict(reached)} |"
    ]


def plan_lines(result: dict[str, Any]) -> list[str]:
    goal = result["goal"]
    reached = result["ratio"] <= goal["ratio"] and result["country_minutes"] <= goal["country_minutes"]
    return [
        f"| 2500 plans of 30 items dated anew: {result['country_minutes']:.1f} minutes "
        f"| rows and phrases alone: {result['floor'] / result['plans'] * 1e3:.1f} ms a plan "
        f"| {result['a_plan'] * 1e3:.1f} ms | {result['ratio']:.1f} "
        f"| ≤ {goal['ratio']}, ≤ {goal['country_minutes']} minutes | {verdict(reached)} |"
    ]


def psychometric_lines(result: dict[str, Any]) -> list[str]:
    largest, peer, goal = result["sizes"][-1], result["girth"], result["goal"]
    lines = [
        f"| 2PL of {size['people']} × {result['items']}, errors and fit of items | one pass: {size['floor']:.3f} s "
        f"| {size['ours']:.2f} s | {size['ratio']:.0f} | ≤ {goal['passes']} at {largest['people']} "
        f"| {verdict(size['ratio'] <= goal['passes']) if size is largest else ''} |"
        for size in result["sizes"]
    ]
    if peer is not None:
        times = peer["times_faster"]
        lines.append(
            f"| girth 0.8.0, {peer['people']} people | | {peer['seconds']:.1f} s | {times:.0f} times slower at "
            f"{largest['people']} | ≥ {goal['times_faster']} | {verdict(times >= goal['times_faster'])} |"
        )
    return lines


def verdict(reached: bool) -> str:
    return "reached" if reached else "**missed**"


def page_lines(result: dict[str, Any], small: dict[str, Any] | None) -> list[str]:
    hello = result["hello"]["4"]["per_second"]
    lines = [
        "",
        f"### {result['vendor']}, {result['size']} teachers",
        f"Hello-world view of the same server: {hello:.0f} requests a second at c=4, "
        f"{result['hello']['16']['per_second']:.0f} at c=16.",
        "",
        "| page | queries | req/s c=4 (goal) | c=16 | p50 / p95 at c=16, ms | × hello | growth | first view, KB "
        "| requests | |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, page in result["pages"].items():
        four, sixteen = page["load"]["4"], page["load"]["16"]
        goal, queries = GOALS.get(name, (None, None))
        growth = small["pages"][name]["load"]["4"]["per_second"] / four["per_second"] if small else None
        missed = [
            word
            for word, bad in [
                ("req/s", goal is not None and four["per_second"] < goal),
                ("queries", queries is not None and page["queries"] > queries),
                ("growth", growth is not None and growth > GROWTH),
                ("p95", sixteen["p95"] > 3 * sixteen["p50"]),
                ("bytes", page["first_view_bytes"] > FIRST_VIEW),
                ("requests", page["requests"] > REQUESTS),
                ("errors", bool(four["failed"] or sixteen["failed"])),
            ]
            if bad
        ]
        lines.append(
            f"| {name} | {page['queries']} | {four['per_second']:.0f} ({goal or '–'}) | {sixteen['per_second']:.0f} "
            f"| {sixteen['p50']:.0f} / {sixteen['p95']:.0f} | {hello / four['per_second']:.1f} "
            f"| {f'{growth:.2f}' if growth else '–'} | {page['first_view_bytes'] / 1000:.1f} | {page['requests']} "
            f"| {'**missed: ' + ', '.join(missed) + '**' if missed else 'reached'} |"
        )
    return lines


def crowd_lines(result: dict[str, Any]) -> list[str]:
    """One run of ``tests.bench.sittings``."""
    how = ", the server killed with SIGKILL in the middle and started again" if result["killed"] else ""
    sound = not (result["lost"] or result["errors_5xx"] or result["unfinished"])
    steps = "; ".join(
        f"{name} {one['p50']:.2f} / {one['p95']:.2f}" for name, one in result["steps"].items() if one["n"]
    )
    return [
        "",
        f"### {result['vendor']}: {result['people']} people come within {result['within']:.0f} s{how}",
        f"Done after {result['took']:.0f} s. Acknowledged answers: {result['acknowledged']}, of them lost: "
        f"{result['lost']}. Answers 5xx: {result['errors_5xx']}. Tried again: {result['retries']}. Not finished: "
        f"{result['unfinished']}. {verdict(sound).capitalize()}.",
        "",
        f"p50 / p95, seconds: {steps}. {floor_line(result)}",
    ]


def opening_lines(result: dict[str, Any], never: Sequence[str]) -> list[str]:
    """One run of what opens for many at once; of ``never`` none may be."""
    wrong = sum(result[name] for name in never)
    full = "booked" not in result or result["booked"] == min(result["places"], result["people"])
    sound = full and not (wrong or result["errors_5xx"] or result["unfinished"])
    there = ("booked", "in", "waits", "came")
    kept = ", ".join(f"{name} {result[name]}" for name in there if name in result)
    steps = "; ".join(f"{name} {one['p50']:.2f} / {one['p95']:.2f}" for name, one in result["steps"].items())
    return [
        "",
        f"### {result['vendor']}: {result['people']} people within {result['within']:.0f} s",
        f"Done after {result['took']:.0f} s. {kept.capitalize()}; {', '.join(never).replace('_', ' ')}: {wrong}. "
        f"Answers 5xx: {result['errors_5xx']}. Tried again: {result['retries']}. Not finished: "
        f"{result['unfinished']}. {verdict(sound).capitalize()}.",
        "",
        f"p50 / p95, seconds: {steps}. {floor_line(result)}",
    ]


def floor_line(result: dict[str, Any]) -> str:
    return f"Answered: {result['asked']:.0f} a second; an empty view of the same run: {result['floor']:.0f} at c=16."


def mastery_lines(result: dict[str, Any]) -> list[str]:
    """The grid of worlds: how to read it is in docs/mastery.md."""
    cells = [one for row in result["cells"].values() for one in row]
    kept = sum(map(mastery.keeps, cells))
    beyond = sum(mastery.keeps(one, "beyond_interval") for one in cells)
    return [
        "",
        "## What «выражен» is worth",
        "",
        f"[How to read it](mastery.md). The promise of {result['promise']:.0%} is kept, or nothing is said, in {kept} "
        f"of {len(cells)} cells, on very many such tasks in {beyond}. {verdict(kept == len(cells)).capitalize()}.",
        "",
        *mastery.table(result),
    ]


def report(
    engines: dict[str, Any] | None,
    pages: list[dict[str, Any]],
    crowds: list[dict[str, Any]],
    openings: dict[str, list[dict[str, Any]]],
    worlds: dict[str, Any] | None,
) -> str:
    lines = ["# Bench", "", "Written by `make bench`. Goals are those of the project; growth is the cost at the larger"]
    lines += ["size against the smaller (at most 1.25); p95 at c=16 at most three times p50; first view at most 60 KB"]
    lines += ["compressed and 6 requests. The load generator runs on the same two cores as the server.", ""]
    if engines:
        lines += ["## Engines", "", *engine_lines(engines), ""]
    if pages:
        lines += ["## Pages"]
        smallest: dict[str, dict[str, Any]] = {}
        for result in pages:
            lines += page_lines(result, smallest.get(result["vendor"]))
            smallest.setdefault(result["vendor"], result)
    if crowds:
        lines += ["", "## The first minute of a campaign", ""]
        lines += [
            "Each opens the screen of consent, agrees, opens the work, begins, loads it, and saves three answers, with"
        ]
        lines += ["no pause for reading; sessions are there already. The crowd runs on the same two cores."]
        lines += [line for result in crowds for line in crowd_lines(result)]
    for slug, results in openings.items():
        heading, words, never = OPENINGS[slug]
        lines += ["", f"## {heading}", "", words, "The crowd runs on the same two cores."]
        lines += [line for result in results for line in opening_lines(result, never)]
    if worlds:
        lines += mastery_lines(worlds)
    return "\n".join(lines) + "\n"


def crowd_runs(databases: list[str], people: str, seconds: str) -> list[dict[str, Any]]:
    """Each database, with a living and with a killed server."""
    return [
        run("tests.bench.sittings", people, seconds, *extra, postgres=database == "postgres")
        for database in databases
        for extra in ([], ["--kill"])
    ]


def written_by_hand(report: Path) -> str:
    """What stands under the line that says so in the report of before."""
    _measured, line, kept = (report.read_text() if report.exists() else "").partition(BY_HAND)
    return f"\n{line}{kept}" if line else ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="150,15000")
    parser.add_argument("--databases", default="sqlite,postgres")
    parts = ["engines", "pages", "sittings", *OPENINGS, "mastery", "suppositions"]
    parser.add_argument("--only", choices=parts, help="one part, which is printed and not written")
    parser.add_argument("--people", default="2000", help="who come within so many seconds; the short form: 30")
    parser.add_argument("--seconds", default="60")
    parser.add_argument("--output", type=Path, help=f"{REPORT}, where everything is measured")
    asked = parser.parse_args()
    engines = run("tests.bench.engines") if asked.only in {None, "engines"} else None
    if engines is not None:
        engines["psychometrics"] = run("tests.bench.psychometrics")
        engines["deadlines"] = run("tests.bench.deadlines")
        engines["plans"] = run("tests.bench.plans")
    pages = []
    if asked.only in {None, "pages"}:
        for database in asked.databases.split(","):
            for size in asked.sizes.split(","):
                print(f"{database}, {size} teachers …", file=sys.stderr)
                pages.append(run("tests.bench.pages", size, postgres=database == "postgres"))
    crowds = []
    if asked.only in {None, "sittings"}:
        crowds = crowd_runs(asked.databases.split(","), asked.people, asked.seconds)
    openings = {
        slug: [
            run(
                f"tests.bench.{slug}",
                min(asked.people, DOOR, key=int) if slug == "door" else asked.people,
                asked.seconds,
                postgres=database == "postgres",
            )
            for database in asked.databases.split(",")
        ]
        for slug in OPENINGS
        if asked.only in {None, slug}
    }
    if asked.only in {None, "suppositions"}:
        run("tests.bench.suppositions")
    if asked.only == "suppositions":
        return
    worlds = run("tests.bench.mastery") if asked.only in {None, "mastery"} else None
    text = report(engines, pages, crowds, openings, worlds)
    output: Path | None = asked.output or (None if asked.only else REPORT)
    if output is not None:
        output.write_text(text + written_by_hand(output))
    print(text)


if __name__ == "__main__":
    main()
