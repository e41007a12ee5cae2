"""A large file is read by the worker."""

import hashlib
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Shown, ask, is_light
from traektoria.core.errors import Invalid
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.engines.plantables.opening import weight_of
from traektoria.people.actor import Actor
from traektoria.people.guard import ActorRequest, existing
from traektoria.planning.imports.actions import keep_import
from traektoria.planning.imports.permissions import check_import
from traektoria.planning.imports.words import read_words
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.queries.plans import find_plan

READ: Final = "planning.read_table"
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


errand_kinds.add(ErrandKind(READ, 60, gettext_lazy("Reading a plan from a file"), LIGHT, check, read))
