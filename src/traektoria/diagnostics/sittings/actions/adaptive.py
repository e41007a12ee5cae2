"""A sitting in which the next item depends on the answers: one item is out at a time, and nobody goes back.

The item that is out is an answer with the sequence 0; what was answered counts from 1.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.diagnostics.instruments.queries.adaptive import pool_of, rules_of
from traektoria.diagnostics.instruments.queries.forms import form_of
from traektoria.diagnostics.items.answers import clean, score
from traektoria.diagnostics.sittings.actions.sittings import handed_in, settled
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.diagnostics.sittings.permissions import check_sits
from traektoria.diagnostics.sittings.queries.adaptive import closed_of, points_of
from traektoria.engines.adaptive import ItemChoice, next_item
from traektoria.people.actor import Actor


@transaction.atomic
def item_out(*, sitting: Sitting, by: Actor) -> tuple[Sitting, Answer | None]:
    """The item that is to be answered now, given out where none is. None when the sitting is over."""
    row = settled(sitting)
    check_sits(by, row)
    if row.state != SittingState.RUNNING:
        return row, None
    out = Answer.objects.filter(sitting=row, sequence=0).first()
    return (row, out) if out else _next(row, by)


@transaction.atomic
def answer_item(*, sitting: Sitting, item: int, raw: Any, by: Actor) -> Sitting:
    """Keep the answer and give out the next item, or hand in where enough is known. An answer to an item that is not
    out (a second press, an old page) changes nothing. Raises ``Invalid`` for what is no answer to it."""
    row, out = item_out(sitting=sitting, by=by)
    if out is None or out.form_item_id != item:
        return row
    entry = form_of(row.part.version, row.form).by_pk[item]
    out.value = clean(entry.content, raw)
    if "ranks" in out.value:  # sent once, so nothing can be finished later
        words = _("Give each line a place of its own, from 1 to %(n)s.") % {"n": len(out.value["ranks"])}
        raise Invalid(words, code="bad_order")
    out.score = score(entry.content, out.value, entry.max_score)
    out.sequence = Answer.objects.filter(sitting=row, sequence__gt=0).count() + 1
    out.save(update_fields=["value", "score", "sequence", "saved_at"])
    return _next(row, by)[0]


def _next(row: Sitting, by: Actor) -> tuple[Sitting, Answer | None]:
    version, form = row.part.version, form_of(row.part.version, row.form)
    rules = rules_of(version, row.form)
    found = next_item(pool_of(version, row.form), points_of(row, form), rules, row.seed, closed_of(row.part, rules))
    if not isinstance(found, ItemChoice):
        return handed_in(row, by, timezone.now()), None
    return row, Answer.objects.create(sitting=row, form_item_id=int(found.key), value={}, sequence=0)
