"""A large file is read by the worker, and a table with many times moved into its plan by it."""

import hashlib
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Shown, ask, is_light, settle
from traektoria.core.errors import Invalid
from traektoria.core.models import Errand
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.typography import counted
from traektoria.engines.plantables.file_kinds import weight_of
from traektoria.people.actor import Actor
from traektoria.people.guard import ActorRequest, existing
from traektoria.planning.imports.actions import check_takes, keep_import, take_import
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.imports.permissions import check_import
from traektoria.planning.imports.queries import find_import
from traektoria.planning.imports.sentences import read_words
from traektoria.planning.plans.enums import TermState
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.queries.plans import find_plan

READ: Final = "planning.read_table"
TAKE: Final = "planning.take_table"
LIGHT_TIMES: Final = 1_000
"""Times of the plan: a quarter of a millisecond each."""
LIGHT: Final = 600_000
"""Bytes of XML: three hundred rows of Word take 0.3 s. Every PDF is long work."""


def reads_later(request: ActorRequest, file: Any, plan: WorkPlan) -> HttpResponse | None:
    """The page of the errand for a large file; None where it is read at once."""
    if not file:
        return None
    content = file.read()
    file.seek(0)
    if is_light(READ, weight_of(content)):
        return None
    facts = {"plan": plan.pk, "name": file.name[-200:], "sha256": hashlib.sha256(content).hexdigest()}
    row = ask(READ, facts, by=request.actor, centre_id=plan.centre_id, source=content)
    return redirect("desk:errand_detail", row.pk)


def check(actor: Actor, facts: dict[str, Any]) -> None:
    check_import(actor, existing(find_plan(actor, facts["plan"])))


def read(doing: Doing) -> Shown:
    """A second attempt finds what the first has kept. Of a file that was refused nothing stays."""
    plan, facts = existing(find_plan(doing.actor, doing.facts["plan"])), doing.facts
    try:
        draft = keep_import(plan=plan, source=doing.source(), name=facts["name"], by=doing.actor, token=doing.key)
    except Invalid:
        doing.forget()
        raise
    words = _("«%(file)s»: %(read)s. Look through it and move it into the plan.")
    said = words % {"file": draft.name, "read": read_words(len(draft.rows))}
    return Shown(reverse("planning:import_detail", args=[draft.pk]), said, asks=True)


def ask_to_take(*, draft: PlanImport, by: Actor, reason: str = "", from_today: bool = False) -> Errand:
    """What is refused already now is not asked for. Raises what ``check_takes`` raises."""
    check_takes(draft)
    facts = {"draft": str(draft.pk), "reason": reason, "from_today": bool(from_today)}
    return ask(TAKE, facts, by=by, centre_id=draft.plan.centre_id)


def check_take(actor: Actor, facts: dict[str, Any]) -> None:
    check_import(actor, existing(find_import(actor, UUID(facts["draft"]))).plan)


def take(doing: Doing) -> Shown:
    """All rows or none. A second attempt finds that they are there."""
    draft = existing(find_import(doing.actor, UUID(doing.facts["draft"])))
    said = {name: doing.facts.get(name, "") for name in ("reason", "from_today")}
    taken = take_import(draft=draft, by=doing.actor, **said)
    settle(reverse("planning:import_detail", args=[draft.pk]), by=doing.actor)
    return Shown(reverse("planning:plan_detail", args=[draft.plan_id]), taken_words(draft.plan, taken.taken or 0))


def taken_words(plan: WorkPlan, number: int) -> str:
    """What came of it, and what comes next. One query."""
    rows = counted(number, "%(n)s row is in the plan.", "%(n)s rows are in the plan.")
    asked = plan.items.filter(removed_in=None, term=TermState.ASKED).count()
    if asked:
        return _("%(rows)s Next: say what the marked deadlines mean (%(asked)s).") % {"rows": rows, "asked": asked}
    return _("%(rows)s Next: look through it and approve the plan.") % {"rows": rows}


errand_kinds.add(ErrandKind(READ, 60, gettext_lazy("Reading a plan from a file"), LIGHT, check, read))
errand_kinds.add(ErrandKind(TAKE, 62, gettext_lazy("Moving a large table into a plan"), LIGHT_TIMES, check_take, take))
