"""Values and parts of a regulation in words, for its page, its paper and the differences of its versions."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.figures import shortest
from traektoria.organisations.regulations.criteria import Document, Group, Judged, Leaf, Paper, Threshold
from traektoria.organisations.regulations.labels import JOINED, label_of
from traektoria.organisations.regulations.parts import Named, Part
from traektoria.organisations.regulations.places import label
from traektoria.organisations.regulations.schema import Measure

Row = TypeVar("Row", bound=Named)
_UNSAID = frozenset({"slug", "archived", "title", "kind"})


def value_words(value: Any) -> str:
    """Any value of a field as people read it; empty for what is empty."""
    if isinstance(value, StrEnum):
        return str(label_of(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Part):
        return part_words(value)
    if isinstance(value, tuple):
        return "; ".join(value_words(one) for one in value)
    return str(JOINED.get(value, value)) if value else ""


def part_words(part: Part) -> str:
    """A row in one line: its title, then what is filled in."""
    if isinstance(part, Group | Threshold | Document | Judged):
        return criterion_words(part)
    said = {name: value_words(value) for name, value in part if name not in _UNSAID}
    rest = "; ".join(_("%(label)s: %(value)s") % {"label": label(type(part), name), "value": words}
                     for name, words in said.items() if words)  # fmt: skip
    title = part.title if isinstance(part, Named | Measure) else ""
    return f"{title} ({rest})" if title and rest else title or rest


def number(value: float) -> str:
    """«3», «0,5»: as many digits as there are."""
    return shortest(value, 3)


def years_or_months(months: int) -> str:
    """«3 года» where months make whole years, else «18 месяцев»."""
    if months % 12 == 0:
        return ngettext("%(n)s year", "%(n)s years", months // 12) % {"n": months // 12}
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}


def days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def criterion_words(node: Group | Leaf) -> str:
    """A criterion with all below it in one line, AND and OR in words."""
    if isinstance(node, Group):
        below = _("; ").join(criterion_words(one) for one in in_force(node.of))
        return _("%(title)s — %(rule)s: %(criteria)s") % {
            "title": node.title, "rule": rule_words(node), "criteria": below,
        }  # fmt: skip
    return _("%(title)s (%(how)s)") % {"title": node.title, "how": _how(node)}


def rule_words(group: Group) -> str:
    """«нужно всё», «достаточно одного», «нужно не меньше двух»."""
    if group.rule == "all":
        return _("all of these are needed")
    if group.rule == "any" or group.number == 1:
        return _("any one of these is enough")
    return ngettext(
        "at least %(number)s of these is needed", "at least %(number)s of these are needed", group.number
    ) % {"number": group.number}  # fmt: skip


def _how(leaf: Leaf) -> str:
    if isinstance(leaf, Threshold):
        return _("%(fact)s: at least %(number)s") % {"fact": label_of(leaf.fact), "number": number(leaf.at_least)}
    if isinstance(leaf, Document):
        return _("shown by a document or a record") if leaf.document == Paper.OTHER else str(label_of(leaf.document))
    return _("judged; met from %(points)s of %(most)s points") % {
        "points": number(leaf.pass_points), "most": leaf.most,
    }  # fmt: skip


def in_force(rows: Iterable[Row]) -> list[Row]:
    """The rows that are not in the archive."""
    return [row for row in rows if not row.archived]
