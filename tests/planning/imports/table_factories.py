"""Tables read for a plan, for tests of the sub-room."""

from tests.engines.plantables.word_samples import HEADS, document, paragraph, table
from tests.planning.plan_factories import draft
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.planning.imports.actions import keep_import
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.plans.models import WorkPlan

ROWS = [
    ("1", "Семинар для учителей математики", "раз в четверть", "методисты, тьюторы"),
    ("2", "Круглый стол", "когда получится", "все желающие"),
    ("3", "Мастер-класс", "октябрь 2025 года", "руководители ОО"),
]
TEXT = "\n".join("\t".join(row) for row in (HEADS, *ROWS))


def word(*rows: tuple[str, ...]) -> bytes:
    return document(paragraph("План работы"), table(HEADS, *(rows or ROWS)))


def read_table(world: World, *, plan: WorkPlan | None = None, text: str = TEXT, by: str = "coordinator") -> PlanImport:
    """A pasted table in an empty draft of the centre, or in ``plan``."""
    return keep_import(plan=plan or empty_plan(world, by), text=text, by=actor(world, by))


def empty_plan(world: World, by: str = "coordinator", year: int = 2025) -> WorkPlan:
    plan = draft(world, by=by, year=year)
    plan.items.all().delete()
    return plan
