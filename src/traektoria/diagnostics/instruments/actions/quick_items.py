"""Many statements or questions at once: a questionnaire in ten minutes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from traektoria.core import audit
from traektoria.diagnostics.bank.models import BankItem, ItemVersion
from traektoria.diagnostics.instruments.actions.form_items import add_items
from traektoria.diagnostics.instruments.actions.versions import draft_locked
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.diagnostics.instruments.statements import Statement
from traektoria.diagnostics.items.checks import check_formulas
from traektoria.diagnostics.items.enums import ItemKind
from traektoria.diagnostics.items.kinds.likert import Likert
from traektoria.diagnostics.items.kinds.open import Open
from traektoria.people.actor import Actor

NAME = 200


@transaction.atomic
def add_statements(
    *, version: InstrumentVersion, statements: Sequence[Statement], steps: Sequence[str], by: Actor, scale: str = ""
) -> int:
    """Put each statement into the bank as an item with these steps and this scale, and all of them into the draft."""
    row = draft_locked(version, by)
    contents = [Likert(text=one.text, steps=tuple(steps), scale=scale, reverse=one.reverse) for one in statements]
    return add_items(version=row, item_versions=[_banked(row, content, by) for content in contents], by=by)


@transaction.atomic
def add_open_questions(*, version: InstrumentVersion, texts: Sequence[str], lines: int, by: Actor) -> int:
    """Put each question into the bank as an item that is answered in own words, and all of them into the draft."""
    row = draft_locked(version, by)
    return add_items(
        version=row, item_versions=[_banked(row, Open(text=text, lines=lines), by) for text in texts], by=by
    )


def _banked(row: InstrumentVersion, content: Likert | Open, by: Actor) -> ItemVersion:
    """A new item of the centre's bank that asks ``content``; nobody gives points for it."""
    check_formulas(content)
    values: dict[str, Any] = {"subject": row.instrument.subject, "name": content.text[:NAME]}
    item = BankItem.objects.create(centre_id=row.centre_id, kind=ItemKind(content.kind), **values)
    item.current = ItemVersion.objects.create(
        item=item, number=1, content=content.model_dump(mode="json"), max_score=Decimal(0), created_by_id=by.person_id
    )
    item.save(update_fields=["current"])
    audit.record("bank.add", item, by=by)
    return item.current
