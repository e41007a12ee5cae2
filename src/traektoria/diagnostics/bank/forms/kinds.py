"""The kinds of items on their forms: simple fields, rows, and how both become content and come from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.diagnostics.bank.forms import kind_content as rw
from traektoria.diagnostics.bank.forms import kind_forms as kf
from traektoria.diagnostics.bank.forms.kind_content import Cleaned, Lists, Written
from traektoria.diagnostics.bank.forms.rows import Rows
from traektoria.diagnostics.items.enums import ItemKind


@dataclass(frozen=True)
class KindForm:
    """``read(head, lists)`` gives the fields of the content, ``write(content)`` the initial head and rows."""

    head: type[kf.AskedForm]
    hint: Any
    icon: str
    read: Callable[[Cleaned, Lists], Cleaned]
    write: Callable[[Any], Written]
    lists: tuple[Rows, ...] = ()
    begin: Mapping[str, Any] | None = None


KINDS: Mapping[str, KindForm] = {
    ItemKind.SINGLE: KindForm(
        kf.SingleForm,
        _("One right answer of several"),
        "circle-dot",
        rw.read_single,
        rw.write_single,
        (kf.SINGLE,),
        {"max_score": 1, "shuffle": True},
    ),
    ItemKind.MULTIPLE: KindForm(
        kf.MultipleForm,
        _("Several right answers"),
        "list-checks",
        rw.read_multiple,
        rw.write_multiple,
        (kf.MULTIPLE,),
        {"max_score": 1, "shuffle": True},
    ),
    ItemKind.SHORT: KindForm(
        kf.ShortForm,
        _("A word or an expression, compared with accepted forms"),
        "text-cursor-input",
        rw.read_accepted,
        rw.write_accepted,
        (kf.ACCEPTED,),
        {"max_score": 1},
    ),
    ItemKind.NUMERIC: KindForm(
        kf.NumericForm,
        _("A number, exact or with a tolerance"),
        "hash",
        rw.read_ranges,
        rw.write_ranges,
        (kf.RANGES,),
        {"max_score": 1},
    ),
    ItemKind.MATCHING: KindForm(
        kf.MatchingForm,
        _("What goes with what"),
        "arrow-left-right",
        rw.read_pairs,
        rw.write_pairs,
        (kf.PAIRS, kf.SPARE),
        {"max_score": 1},
    ),
    ItemKind.ORDERING: KindForm(
        kf.OrderingForm,
        _("Steps to put in order"),
        "arrow-down-narrow-wide",
        rw.read_order,
        rw.write_order,
        (kf.ORDER,),
        {"max_score": 1, "whole": True},
    ),
    ItemKind.EXTENDED: KindForm(
        kf.ExtendedForm,
        _("A solution or a text that people mark by criteria"),
        "file-pen-line",
        rw.read_criteria,
        rw.write_criteria,
        (kf.CRITERIA,),
        {"tolerance": 1},
    ),
    ItemKind.LIKERT: KindForm(
        kf.LikertForm,
        _("A statement, and how far one agrees with it"),
        "sliders-horizontal",
        rw.flags("steps", "scale", "reverse"),
        rw.write_likert,
        begin={"steps": kf.agreement},
    ),
    ItemKind.CHOICE: KindForm(
        kf.ChoiceForm,
        _("A question of a questionnaire with answers to choose from"),
        "list",
        rw.read_choice,
        rw.write_choice,
        (kf.CHOICES,),
    ),
    ItemKind.OPEN: KindForm(
        kf.OpenForm,
        _("A question answered in one's own words; nobody gives points"),
        "message-square",
        rw.flags("lines"),
        lambda content: ({"lines": content.lines}, {}),
        begin={"lines": 3},
    ),
    ItemKind.LEVEL: KindForm(
        kf.AskedForm,
        _("Levels with descriptions and examples: observation, self-assessment"),
        "chart-no-axes-column-increasing",
        rw.read_marks,
        rw.write_marks,
        (kf.MARKS,),
    ),
    ItemKind.DESCRIPTION: KindForm(
        kf.AskedForm,
        _("An instruction or a text that several tasks share"),
        "file-text",
        lambda head, lists: {},
        rw.none,
    ),
}
