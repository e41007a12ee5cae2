"""Parallel forms by the plan of a work, drawn from the bank."""

from collections.abc import Sequence

from django.db import transaction

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.instruments.actions.versions import draft_locked, save_settings
from traektoria.diagnostics.instruments.blueprint import candidates_of, engine_rows, refusals
from traektoria.diagnostics.instruments.models import FormItem, InstrumentVersion
from traektoria.diagnostics.instruments.policies import check_has_plan
from traektoria.diagnostics.instruments.queries.instruments import bank_for
from traektoria.diagnostics.instruments.settings import BlueprintRow, Settings
from traektoria.engines import forms
from traektoria.people.actor import Actor


class Shortage(Invalid):
    """The bank has too little for the plan; ``sentences`` say what, row by row."""

    code = "too_few_items"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


@transaction.atomic
def save_blueprint(*, version: InstrumentVersion, rows: Sequence[BlueprintRow], by: Actor) -> InstrumentVersion:
    """Keep the plan in the settings of a draft of a control work."""
    row = draft_locked(version, by)
    check_has_plan(row)
    settings = Settings.model_validate(row.settings)
    return save_settings(row, settings.model_copy(update={"blueprint": tuple(rows)}), by)


@transaction.atomic
def assemble_version(*, version: InstrumentVersion, seed: int, by: Actor) -> "forms.Assembly":
    """Fill forms A and B of a draft by its plan; what stood there is replaced. Another seed, another choice.

    Raises ``Shortage`` (nothing is changed then), ``Conflict`` for anything but a control work.
    """
    row = draft_locked(version, by)
    check_has_plan(row)
    settings = Settings.model_validate(row.settings)
    bank = list(bank_for(row).select_related("current"))
    try:
        made = forms.assemble_forms(candidates_of(bank), engine_rows(settings.blueprint), seed)
    except forms.FormsRefused as refused:
        raise Shortage(refusals(refused)) from refused
    _fill(row, made, {str(item.pk): item for item in bank})
    audit.record("instrument.assemble", row.instrument, by=by, number=row.number, seed=seed)
    save_settings(row, settings.model_copy(update={"two_forms": True}), by)
    return made


def _fill(row: InstrumentVersion, made: "forms.Assembly", bank: dict[str, BankItem]) -> None:
    row.items.all().delete()
    FormItem.objects.bulk_create(
        FormItem(version=row, form=form.name, position=position, item_version=bank[key].current)
        for form in made.forms
        for position, key in enumerate(form.items, start=1)
    )
