"""Forms of self-analysis cards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.core.forms import Offered
from traektoria.core.text import TEXT
from traektoria.planning.selfcards.enums import OWN
from traektoria.planning.selfcards.queries.cards import CardLine, CardSheet

NOTE = 2_000
_OPTIONS = [(one.value, one.label) for one in OWN]


class CardForm(forms.Form):
    """The whole card: by each criterion an answer and a few words. Nothing is chosen beforehand. ``seen`` marks what
    the page showed."""

    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: CardSheet, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"seen": sheet.seen}, **kwargs})
        self.sheet = sheet
        for line in sheet.lines:
            number, answer = line.criterion.number, line.answer
            self.fields[f"verdict_{number}"] = forms.ChoiceField(
                label=pgettext_lazy("self-analysis", "At our school"), required=False, widget=forms.RadioSelect,
                choices=Offered([(value, str(label)) for value, label in _OPTIONS]),
                initial=answer.verdict if answer else None,
            )  # fmt: skip
            self.fields[f"verdict_{number}"].wanted = True  # type: ignore[attr-defined]  # a draft may lack it, a card not
            self.fields[f"note_{number}"] = forms.CharField(
                label=_("In a few words, with the document"), required=False, max_length=NOTE,
                widget=forms.Textarea({"rows": 2}), initial=answer.note if answer else "",
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[str, list[tuple[CardLine, Any, Any]]]]:
        """(section, [(line, answer, note)])."""
        return [
            (
                title,
                [(one, self[f"verdict_{one.criterion.number}"], self[f"note_{one.criterion.number}"]) for one in lines],
            )
            for title, lines in self.sheet.sections
        ]

    @property
    def answers(self) -> dict[int, tuple[str, str]]:
        """Call it on a valid form."""
        numbers = [line.criterion.number for line in self.sheet.lines]
        data = self.cleaned_data
        return {number: (data[f"verdict_{number}"], data[f"note_{number}"]) for number in numbers}


class RemarkForm(forms.Form):
    """To a criterion, or to the card as a whole."""

    criterion = forms.TypedChoiceField(label=_("To what"), required=False, coerce=int, empty_value=None)
    words = forms.CharField(label=_("What is not clear"), max_length=TEXT, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, sheet: CardSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(str(one.criterion.number), f"{one.place}. {one.criterion.title[:120]}") for one in sheet.lines]
        self.fields["criterion"].choices = Offered([("", str(_("the card as a whole"))), *lines])  # type: ignore[attr-defined]
