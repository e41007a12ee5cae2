"""Rows of an item on its form: options, pairs, criteria …, added, moved and taken out by submit buttons.

Names of the form: «options-2-text»; the count of rows is «options-n». What was typed stays until it is saved.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid

Raw = dict[str, str]
MOST_ROWS = 60
_EXTRA = gettext_lazy("Share of the points and explanation")


@dataclass(frozen=True)
class Rows:
    """A list on the form. ``radio``: exactly one row is marked, by a circle «name-mark»; ``start``: empty rows;
    ``extra``: fields that fold away; ``plain``: one field a row, whose label need not be seen."""

    name: str
    form: type[forms.Form]
    label: Any
    row_label: Any
    add_label: Any
    hint: Any = ""
    radio: Any = ""
    start: int = 3
    extra: tuple[str, ...] = ()
    extra_label: Any = _EXTRA
    plain: bool = False


@dataclass
class RowList:
    """Rows as they are typed. ``rows`` are Raw, one a row; ``errors`` belong to the list as a whole."""

    spec: Rows
    rows: list[Raw]
    bound: bool = False
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.forms = [self._form(at, raw) for at, raw in enumerate(self.rows)]

    def _form(self, at: int, raw: Raw) -> "forms.Form":
        prefix = f"{self.spec.name}-{at}"
        if self.bound and not self._blank(raw):
            return self.spec.form({f"{prefix}-{name}": value for name, value in raw.items()}, prefix=prefix)
        return self.spec.form(initial=raw, prefix=prefix)

    def _blank(self, raw: Raw) -> bool:
        """Nothing is typed into the row; codes and ticks alone do not count."""
        return not any(raw.get(name, "").strip() for name in self.spec.form.base_fields if name not in ("mark", "code"))

    @property
    def kept(self) -> list[int]:
        """Places of the rows that are filled in."""
        return [at for at, raw in enumerate(self.rows) if not self._blank(raw)]

    def is_valid(self) -> bool:
        """Each row is looked at, also after a wrong one."""
        wrong = [at for at in self.kept if not self.forms[at].is_valid()]
        return not wrong and not self.errors

    def cleaned(self) -> list[dict[str, Any]]:
        """The filled rows, cleaned; ``mark`` is whether the row is marked."""
        return [{**self.forms[at].cleaned_data, "mark": bool(self.rows[at].get("mark"))} for at in self.kept]

    def shown(self) -> list[dict[str, Any]]:
        """For the template: the form, whether it is marked, its fields that are always seen and those that fold."""
        return [self._shown(at, form) for at, form in enumerate(self.forms)]

    def _shown(self, at: int, form: forms.Form) -> dict[str, Any]:
        fields = {bound.name.rpartition("-")[2]: bound for bound in form}
        folded = [bound for name, bound in fields.items() if name in self.spec.extra]
        filled = any(self.rows[at].get(name, "").strip() for name in self.spec.extra)
        return {
            "form": form,
            "id": form.prefix,
            "at": at,
            "right": bool(self.rows[at].get("mark")),
            "fields": [bound for name, bound in fields.items() if name not in self.spec.extra],
            "folded": folded,
            "open": filled or any(bound.errors for bound in folded),
        }


def read_rows(spec: Rows, post: QueryDict) -> list[Raw]:
    """What was sent. Raises ``Invalid`` when the list came without its count."""
    number = post.get(f"{spec.name}-n", "")
    if not number.isdecimal():
        raise Invalid(_("The page came incompletely: open it again."), code="incomplete")
    marked = post.get(f"{spec.name}-mark", "") if spec.radio else ""
    return [_row(spec, post, at, marked) for at in range(min(int(number[:4]), MOST_ROWS))]


def _row(spec: Rows, post: QueryDict, at: int, marked: str) -> Raw:
    row = {name: post.get(f"{spec.name}-{at}-{name}", "") for name in spec.form.base_fields}
    if spec.radio:
        row["mark"] = "on" if marked == str(at) else ""
    return row


def press(rows: list[Raw], verb: str, at: int) -> int:
    """Change the rows as the button says: add, up, down, remove. Returns the row to look at."""
    if verb == "add" and len(rows) < MOST_ROWS:
        rows.append({})
        return len(rows) - 1
    if not 0 <= at < len(rows):
        return 0
    if verb == "remove":
        rows.pop(at)
        return max(0, at - 1)
    there = at + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= there < len(rows):
        rows[at], rows[there] = rows[there], rows[at]
        return there
    return at
