"""A table that was read for the plan of the next year and waits to be looked through."""

from pathlib import Path

from traektoria.core import school_year
from traektoria.demo.stage import Stage
from traektoria.planning.imports.actions import keep_import
from traektoria.planning.plans.actions.writing import begin_plan

TABLE = Path(__file__).with_name("data") / "plan_table.txt"


def begun_table(stage: Stage) -> None:
    """Pasted out of Word: sections, hours without a day, a deadline that is not understood, a person who is unknown."""
    year, by = school_year.year_of(stage.today) + 1, stage.actor("koordinator")
    title = f"План работы на {school_year.label(year)} учебный год"
    plan = begin_plan(centre=stage.population.centre, title=title, span="school", year=year, by=by)
    keep_import(plan=plan, text=TABLE.read_text(encoding="utf-8"), by=by)
