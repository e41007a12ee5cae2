"""Forms of a table for a plan."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from traektoria.core.figures import MEGABYTE
from traektoria.core.forms import FileArea
from traektoria.engines.plantables.limits import FILES, TEXT
from traektoria.engines.plantables.model import PlanColumn
from traektoria.planning.imports.actions import more_of
from traektoria.planning.imports.column_names import FIELDS
from traektoria.planning.imports.draft_rows import LIMITS, DraftRow, TableColumns
from traektoria.planning.imports.sentences import MEANINGS
from traektoria.planning.plans.forms import PastForm

ACCEPT = ".docx, .xlsx, .pdf, .csv, .txt"


class SourceForm(forms.Form):
    """A file with the plan, or its table pasted."""

    file = forms.FileField(
        label=_("File with the plan"), required=False, widget=FileArea({"accept": ACCEPT}),
        help_text=_("Word (DOCX), Excel (XLSX), PDF with text, CSV. The file itself is not kept."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste the table here"), required=False, max_length=TEXT, strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Select the table in Word or Excel, copy it and paste it here."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "text"):
            self.fields[name].wanted = True  # type: ignore[attr-defined]  # one of the two

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, text = given.get("file"), (given.get("text") or "").strip()
        if not self.errors and bool(file) == bool(text):
            said = (
                _("Choose one of the two: a file or a pasted table.") if file else _("Choose a file or paste a table.")
            )
            raise forms.ValidationError(said, code="source_needed")
        if file and file.size > FILES.file_bytes:
            size = {"megabytes": FILES.file_bytes // MEGABYTE}
            raise forms.ValidationError(_("The file is larger than %(megabytes)s MB.") % size, code="too_large")
        return given


class RowForm(forms.Form):
    """A row of the table in other words."""

    content = forms.CharField(
        label=pgettext_lazy("plan", "What is done"), max_length=LIMITS["content"],
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    phrase = forms.CharField(
        label=_("Deadline, in your words"), max_length=LIMITS["phrase"], required=False,
        help_text=_("For example: «once a quarter», «September», «on request»."),
    )  # fmt: skip
    who = forms.CharField(
        label=_("Responsible, as in the plan"), max_length=LIMITS["who"], required=False,
        help_text=_("A person of the centre is found by surname and initials."),
    )  # fmt: skip
    number = forms.CharField(label=pgettext_lazy("plan", "Number"), max_length=LIMITS["number"], required=False)
    section = forms.CharField(label=_("Section"), max_length=LIMITS["section"], required=False)
    direction = forms.CharField(label=_("Direction of work"), max_length=LIMITS["direction"], required=False)
    product = forms.CharField(label=_("Expected product"), max_length=LIMITS["product"], required=False)
    more = forms.CharField(
        label=_("From other columns"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Put to what is done, a line each. Take out what you do not need."),
    )  # fmt: skip


def initial_of(row: DraftRow) -> dict[str, str]:
    names = ("content", "phrase", "who", "number", "section", "direction", "product")
    return {**{name: getattr(row, name) for name in names}, "more": more_of(row)}


class TableColumnsForm(forms.Form):
    """Which column of a table is what; what it was taken for is filled in. Months that are marked stay as they are."""

    def __init__(self, *args: Any, table: TableColumns, samples: Sequence[Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept = [meaning for _title, meaning, _how in table.columns]
        choices = [*((one, MEANINGS[one]) for one in FIELDS), (PlanColumn.OTHER.value, MEANINGS[PlanColumn.OTHER])]
        for at, ((title, meaning, _how), texts) in enumerate(zip(table.columns, samples, strict=True)):
            if meaning == PlanColumn.MONTH:
                continue
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=gettext("Column «%(title)s»") % {"title": title}
                if title else gettext("Column %(number)s, without a heading") % {"number": at + 1},
                choices=choices, initial=meaning if meaning in FIELDS else PlanColumn.OTHER.value,
                help_text=", ".join(f"«{text[:40]}»" for text in texts),
            )  # fmt: skip

    @property
    def meanings(self) -> list[str]:
        """One a column. Call it on a valid form."""
        return [self.cleaned_data.get(f"column_{at}", kept) for at, kept in enumerate(self._kept)]


class TakeForm(PastForm):
    """The press «Move into the plan». ``amends``: the plan is approved, so that it is an amendment; ``past``: so many
    of its rows would be overdue at once."""

    field_order = ("reason", "from_today")

    reason = forms.CharField(
        label=_("Why the approved plan changes"), max_length=300,
        help_text=_("Stands in the list of amendments with the day and your name."),
    )  # fmt: skip

    def __init__(self, *args: Any, amends: bool, past: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, past=past if amends else 0, **kwargs)
        if not amends:
            del self.fields["reason"]
