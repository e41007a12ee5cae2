"""The tables of an empty database are made at once, as the last migration leaves them.

Django plays each migration after the other and draws all models that hang together anew after each step. Where
nothing is kept yet, only where it ends matters. What a migration does in Python or SQL says itself whether an empty
database needs it (``on_empty``); where one says nothing, all are played as Django does.
``tests/core/installation/test_first_tables.py`` compares what comes of both ways.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, Final, TypeVar

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.state import ProjectState

Act = TypeVar("Act", bound=Callable[..., None])
Plan = list[tuple[Migration, bool]]
THEIRS: Final = frozenset({"account", "auth", "contenttypes", "django_tasks_database", "mfa", "sessions", "sites"})
"""Of libraries: their Python only moves rows, and there are none."""


def on_empty(needed: bool) -> Callable[[Act], Act]:
    """Marks what a migration does in Python: whether an empty database needs it (it lays what no model tells of)."""

    def marked(act: Act) -> Act:
        act.on_empty = needed  # type: ignore[attr-defined]
        return act

    return marked


class AtOnce(MigrationExecutor):
    def migrate(  # type: ignore[override]
        self,
        targets: Any,
        plan: Plan | None = None,
        state: ProjectState | None = None,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        if plan and not fake and self._begins(plan) and (acts := acts_of(plan)) is not None:
            return self._made(plan, acts)
        return super().migrate(targets, plan, state, fake, fake_initial)

    def _begins(self, plan: Plan) -> bool:
        """Nothing is there, and all of it is asked for."""
        whole = self.migration_plan(self.loader.graph.leaf_nodes(), clean_start=True)
        tables = set(self.connection.introspection.table_names()) - {self.recorder.Migration._meta.db_table}
        return not tables and not self.loader.applied_migrations and plan == whole

    def _made(self, plan: Plan, acts: list[Callable[..., None]]) -> ProjectState:
        state: ProjectState = self._create_project_state()  # type: ignore[attr-defined]
        for migration, _backwards in plan:
            state = migration.mutate_state(state, preserve=False)
        self.recorder.ensure_schema()
        with self.connection.schema_editor(atomic=True) as editor:
            for model in state.apps.get_models():
                if model._meta.can_migrate(self.connection) and not model._meta.proxy:
                    editor.create_model(model)
        with self.connection.schema_editor(atomic=True) as editor:
            for act in acts:
                act(state.apps, editor)
            for migration, _backwards in plan:
                for label, name in [*migration.replaces, (migration.app_label, migration.name)]:
                    self.recorder.record_applied(label, name)
        return state


def acts_of(plan: Plan) -> list[Callable[..., None]] | None:
    """What the migrations do besides tables and an empty database needs; None where one does not say."""
    found = []
    for migration, _backwards in plan:
        for operation in chain.from_iterable(map(_within, migration.operations)):
            if isinstance(operation, RunPython) and migration.app_label not in THEIRS:
                needed = getattr(operation.code, "on_empty", None)
                if needed is None:
                    return None
                found += [operation.code] if needed else []
            elif isinstance(operation, RunSQL):
                return None
    return found


def _within(operation: Any) -> Sequence[Any]:
    return operation.database_operations if isinstance(operation, SeparateDatabaseAndState) else [operation]
