"""What a new version of a regulation changes in the old one, row by row, in words for the people who agree it.

Rows are matched by slug; rows without one by what they say. Equal versions have no differences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.translation import gettext as _

from traektoria.organisations.regulations.criteria import Descriptor, Group, Leaf, walk
from traektoria.organisations.regulations.headings import HEADINGS
from traektoria.organisations.regulations.parts import Named, Part
from traektoria.organisations.regulations.places import ARROW, FIELDS, label, member, quoted
from traektoria.organisations.regulations.schema import Measure, Rules, StatusRules
from traektoria.organisations.regulations.sections import CRITERIA, SECTIONS, EditorSection
from traektoria.organisations.regulations.shapes import HIDDEN
from traektoria.organisations.regulations.values_in_words import criterion_words, value_words

Kind = Literal["added", "removed", "changed", "archived", "moved"]


@dataclass(frozen=True)
class RuleChange:
    """One difference. ``section`` is a heading of the document, ``place`` leads from it to the field; ``before`` and
    ``after`` are the values in words, empty where there is none."""

    section: str
    place: str
    kind: Kind
    before: str = ""
    after: str = ""


Found = tuple[tuple[str, ...], Kind, str, str]
"""(place in words, kind, before, after)"""
Place = tuple[str, ...]


def difference(old: Rules, new: Rules) -> tuple[RuleChange, ...]:
    """All differences in the order of the document, under the headings of its sections."""
    return tuple(
        RuleChange(str(HEADINGS[section.chapter]), ARROW.join(place), kind, before, after)
        for section in SECTIONS
        for name in _names(section)
        for place, kind, before, after in _values(
            getattr(_part(old, section), name), getattr(_part(new, section), name), _place(section, name)
        )
    )


def _part(rules: Rules, section: EditorSection) -> Part:
    held: Any = rules
    for name in section.path:
        held = getattr(held, name)
    return held  # type: ignore[no-any-return]


def _names(section: EditorSection) -> Sequence[str]:
    """The fields of the page; criteria, which have a page of their own, stand among those of the status."""
    names = section.names or tuple(section.part.model_fields)
    return (*names, CRITERIA) if section.part is StatusRules else names


def _place(section: EditorSection, name: str) -> Place:
    """Where a difference of the field stands under the heading: a list that is the whole section needs no name."""
    whole = section.part is Rules and section.is_whole and len(section.names or ()) == 1
    return () if whole else (label(section.part, name),)


def kept(old: Rules, new: Rules) -> list[str]:
    """A sentence for each row of ``old``, an approved version, that ``new`` lost: rows are archived, never deleted."""
    return [
        _("%(row)s has been in force: put it into the archive instead of deleting it.") % {"row": quoted(row.title)}
        for _place, row in vanished(old, new)
    ]


def vanished(old: Rules, new: Rules) -> list[tuple[str, Named]]:
    """(place, row) of what is in ``old``, archived or not, and not in ``new``; a row goes with all that is in it."""
    have = {(place, row.slug) for place, row in _rows(new)}
    lost = [(place, row) for place, row in _rows(old) if (place, row.slug) not in have]
    within = tuple(f"{place}.{row.slug}." for place, row in lost)
    return [(place, row) for place, row in lost if not place.startswith(within)]


def _rows(part: Part, place: str = "") -> Iterator[tuple[str, Named]]:
    """(place, row) of every named row: «about.functions», «checklists.lesson.items»."""
    for name, value in part:
        here = f"{place}{name}"
        if isinstance(value, Group):
            yield from ((here, node) for node in walk(value, archived=True))
        elif isinstance(value, Part):
            yield from _rows(value, f"{here}.")
        elif isinstance(value, tuple):
            for row in (one for one in value if isinstance(one, Named)):
                yield here, row
                yield from _rows(row, f"{here}.{row.slug}.")


def _values(old: Any, new: Any, place: Place) -> Iterator[Found]:
    """Differences of two values of one field."""
    if old == new:
        return
    if isinstance(old, Group) and isinstance(new, Group):
        yield from _criteria(old, new, place)
    elif isinstance(old, Part) and isinstance(new, Part):
        yield from _fields(old, new, place)
    elif isinstance(old, tuple) and _of(Part, old, new):
        yield from _members(old, new, place)
    elif isinstance(old, tuple) and _is_texts(old, new):
        yield from _texts(old, new, place)
    else:
        kind: Kind = "added" if old is None else "removed" if new is None else "changed"
        yield place, kind, value_words(old), value_words(new)


def _of(kind: type, *rows: Sequence[Any]) -> bool:
    return any(isinstance(one, kind) for row in rows for one in row)


def _is_texts(*rows: Sequence[Any]) -> bool:
    """Texts of people; words of an enumeration are strings too, but one answer together."""
    return all(type(one) is str for row in rows for one in row)


def _fields(old: Part, new: Part, place: Place) -> Iterator[Found]:
    """Differences of two rows or parts, without what stands in lists of other rules: archive and place."""
    for name in type(new).model_fields:
        if name not in HIDDEN and not (name == "of" and isinstance(new, Group)):
            yield from _values(getattr(old, name), getattr(new, name), (*place, label(type(new), name)))


def _members(old: Sequence[Part], new: Sequence[Part], place: Place) -> Iterator[Found]:
    """Rows added, moved, changed, put into the archive and removed."""
    before, after = dict(zip(_keys(old), old, strict=True)), dict(zip(_keys(new), new, strict=True))
    moved = dict(_moved(list(before), list(after)))
    for key, row in after.items():
        here = (*place, _named(row, list(after).index(key)))
        if key not in before:
            yield here, "archived" if _archived(row) else "added", "", value_words(row)
            continue
        if key in moved:
            yield here, "moved", *moved[key]
        yield from _archive(before[key], row, here)
        yield from _fields(before[key], row, here)
    for number, (key, row) in enumerate(before.items()):
        if key not in after:
            yield (*place, _named(row, number)), "removed", value_words(row), ""


def _keys(rows: Sequence[Part]) -> Iterator[tuple[Any, int]]:
    """What each row is matched by: its slug, or what it says and how many of the same stand before it."""
    seen: dict[Any, int] = {}
    for row in rows:
        key = _key(row)
        seen[key] = seen.get(key, -1) + 1
        yield key, seen[key]


def _key(row: Part) -> Any:
    if isinstance(row, Named):
        return row.slug
    if isinstance(row, Descriptor):
        return row.points
    return row.title if isinstance(row, Measure) else value_words(row)


def _named(row: Part, number: int) -> str:
    if isinstance(row, Descriptor):
        return _("%(points)s points") % {"points": row.points}
    return member({"title": getattr(row, "title", "")}, number)


def _archived(row: Part) -> bool:
    return isinstance(row, Named) and row.archived


def _archive(old: Part, new: Part, place: Place) -> Iterator[Found]:
    """Put into the archive, or taken out of it, which is as good as added."""
    if _archived(new) and not _archived(old):
        yield place, "archived", value_words(old), ""
    elif _archived(old) and not _archived(new):
        yield place, "added", "", value_words(new)


def _moved(old: list[Any], new: list[Any]) -> Iterator[tuple[Any, tuple[str, str]]]:
    """(key, (its number before, after)) of the keys in both lists that stand in another order than the rest."""
    common, now = [key for key in old if key in new], [key for key in new if key in old]
    blocks = SequenceMatcher(None, common, now, autojunk=False).get_matching_blocks()
    still = {key for block in blocks for key in common[block.a : block.a + block.size]}
    for key in now:
        if key not in still:
            yield key, (member(None, old.index(key)), member(None, new.index(key)))


def _texts(old: Sequence[str], new: Sequence[str], place: Place) -> Iterator[Found]:
    """Lines added, removed, moved, and those that were worded anew on their place."""
    for tag, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[start:end], new[from_:to]
        if tag == "replace" and len(gone) == len(come) and not {*gone} & {*new} and not {*come} & {*old}:
            yield from ((place, "changed", *pair) for pair in zip(gone, come, strict=True))
        elif tag != "equal":
            yield from ((place, "removed", line, "") for line in gone if line not in new)
            yield from ((place, *_come(line, old, new)) for line in come)


def _come(line: str, old: Sequence[str], new: Sequence[str]) -> tuple[Kind, str, str]:
    return ("moved", line, line) if line in old else ("added", "", line)


def _criteria(old: Group, new: Group, place: Place) -> Iterator[Found]:
    """Differences of two trees; a criterion keeps its slug wherever it stands."""
    before, after = dict(_tree(old)), dict(_tree(new))
    for slug, (node, group) in after.items():
        here = (*place, quoted(node.title)) if group else place
        if slug in before:
            yield from _criterion(*before[slug], node, group, here)
        elif group is None or group.slug in before:
            yield here, "added", "", criterion_words(node)
    for slug, (node, group) in before.items():
        if slug not in after and (group is None or group.slug in after):
            yield (*place, quoted(node.title)), "removed", criterion_words(node), ""


def _tree(node: Group | Leaf, group: Group | None = None) -> Iterator[tuple[str, tuple[Group | Leaf, Group | None]]]:
    """(slug, (criterion, the group that it stands in)) of the whole tree, archived ones too."""
    yield node.slug, (node, group)
    if isinstance(node, Group):
        for one in node.of:
            yield from _tree(one, node)


def _criterion(
    old: Group | Leaf, was_in: Group | None, new: Group | Leaf, group: Group | None, place: Place
) -> Iterator[Found]:
    """Differences of one criterion, without what is below it."""
    if was_in and group:
        yield from _place_of(new.slug, was_in, group, place)
    yield from _archive(old, new, place)
    if type(old) is not type(new):
        yield (*place, str(FIELDS["kind"])), "changed", criterion_words(old), criterion_words(new)
    else:
        yield from _fields(old, new, place)


def _place_of(slug: str, was_in: Group, group: Group, place: Place) -> Iterator[Found]:
    if was_in.slug != group.slug:
        yield place, "moved", quoted(was_in.title), quoted(group.title)
        return
    moved = dict(_moved([one.slug for one in was_in.of], [one.slug for one in group.of]))
    if slug in moved:
        yield place, "moved", *moved[slug]
