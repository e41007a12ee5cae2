"""Choosing items of the bank for a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.text import WORDS, search_key
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.items.enums import CompetenceBlock, ItemKind, Level


class PickFilter(forms.Form):
    """Which items are offered."""

    q = forms.CharField(max_length=WORDS, label=_("Words of the item"), required=False, widget=forms.SearchInput())
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    kind = forms.ChoiceField(label=_("Kind of the item"), required=False)
    block = forms.ChoiceField(label=_("Competence block"), required=False)

    def __init__(self, *args: Any, topics: list[str], kinds: tuple[ItemKind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_one = [("", _("all"))]
        self.fields["topic"].choices = [*any_one, *((topic, topic) for topic in topics)]  # type: ignore[attr-defined]
        self.fields["level"].choices = any_one + [one for one in Level.choices if one[0]]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [*any_one, *((kind.value, kind.label) for kind in kinds)]  # type: ignore[attr-defined]
        self.fields["block"].choices = [*any_one, *CompetenceBlock.choices]  # type: ignore[attr-defined]

    def conditions(self) -> dict[str, Any]:
        """Lookups of the filters that are set; a value that is no choice filters nothing."""
        self.is_valid()
        given = self.cleaned_data
        found = {name: given[name] for name in ("topic", "level", "kind", "block") if given.get(name)}
        return {**found, **({"search_text__contains": search_key(given["q"])} if given.get("q") else {})}


class PickForm(forms.Form):
    """The ticked items: those that are offered to this draft."""

    items = forms.ModelMultipleChoiceField(
        label=_("Items of the bank"),
        queryset=BankItem.objects.none(),
        error_messages={"required": _("Tick at least one item.")},
    )
    form = forms.CharField(required=False, max_length=1)

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = offered  # type: ignore[attr-defined]
