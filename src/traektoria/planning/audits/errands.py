"""A large lesson calendar is read by the worker: three hundred rows of Word take longer than a page may."""

import hashlib
from decimal import Decimal
from pathlib import PurePath
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Shown, ask
from traektoria.core.errors import Invalid
from traektoria.core.models import Errand
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.engines.lessons.model import Say, Stated
from traektoria.people.actor import Actor
from traektoria.people.guard import existing
from traektoria.planning.audits.actions.lessons import bring_calendar, check_brings
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.queries.audits import find_audit
from traektoria.planning.lessons.reader import Brought, check_weight

READ: Final = "planning.read_lessons"
LIGHT: Final = 600_000
"""Bytes of XML: as much is a third of a second."""


def ask_to_read(*, audit: Audit, brought: Brought, by: Actor) -> Errand:
    """Of the name of the file only its ending is kept. What is refused already now is not asked for. Raises
    ``Invalid``."""
    check_brings(audit, by)
    check_weight(brought.source)
    facts = {
        "audit": audit.pk, "subject": brought.subject, "grade": brought.grade, "letter": brought.letter,
        "stated": [[one.say.value, str(one.value)] for one in brought.stated],
        "ending": PurePath(brought.name).suffix[:10], "sha256": hashlib.sha256(brought.source).hexdigest(),
    }  # fmt: skip
    return ask(READ, facts, by=by, centre_id=audit.centre_id, source=brought.source)


def check(actor: Actor, facts: dict[str, Any]) -> None:
    check_brings(existing(find_audit(actor, pk=facts["audit"])), actor)


def read(doing: Doing) -> Shown:
    """A second attempt finds what the first has kept. Of a file that was refused nothing stays."""
    facts, audit = doing.facts, existing(find_audit(doing.actor, pk=doing.facts["audit"]))
    stated = [Stated(Say(say), Decimal(value)) for say, value in facts["stated"]]
    brought = Brought(
        facts["subject"], facts["grade"], facts["letter"], stated, doing.source(), name=f"file{facts['ending']}"
    )
    try:
        made = bring_calendar(audit=audit, brought=brought, by=doing.actor, token=doing.key)
    except Invalid:
        doing.forget()
        raise
    return Shown(reverse("planning:lessons_detail", args=[made.pk]), read_words(), asks=True)


def read_words() -> str:
    return _("Read. What was counted stands below: nothing of it is a finding yet.")


errand_kinds.add(ErrandKind(READ, 60, gettext_lazy("Reading a lesson calendar"), LIGHT, check, read))
