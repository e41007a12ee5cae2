"""Which tasks share a text or a picture: whoever misreads it misses all of them, so together they say as much as one.

A description is such a text for the tasks after it, up to the next description, where it is as long as a text or has a
picture; before all tasks of the form only where it names a topic. Other descriptions are instructions.
"""

from collections.abc import Iterable, Mapping

from django.utils.html import strip_tags

from traektoria.core.text import squash
from traektoria.diagnostics.instruments.models import FormItem
from traektoria.diagnostics.items.kinds.registry import KINDS

LONG = 300
"""Letters from which a description is read as a text and not as an instruction."""


def shared_texts(rows: Iterable[FormItem]) -> Mapping[int, int]:
    """Version of a task → version of the text it shares with another; ``rows`` in their order in each form."""
    forms: dict[str, list[FormItem]] = {}
    for row in rows:
        forms.setdefault(row.form, []).append(row)
    found: dict[int, int] = {}
    for own in forms.values():
        runs = _runs(own)
        tasks = sum(len(run) for _text, run in runs)
        for text, run in runs:
            if text is not None and len(run) > 1 and _is_text(text, is_whole=len(run) == tasks):
                found.update(dict.fromkeys(run, text.item_version_id))
    return found


def _runs(rows: Iterable[FormItem]) -> list[tuple[FormItem | None, list[int]]]:
    """Each description with the versions of the tasks after it."""
    runs: list[tuple[FormItem | None, list[int]]] = [(None, [])]
    for row in rows:
        if not KINDS[row.item_version.item.kind].asks:
            runs.append((row, []))
        else:
            runs[-1][1].append(row.item_version_id)
    return runs


def _is_text(row: FormItem, *, is_whole: bool) -> bool:
    text = str(row.item_version.content.get("text", ""))
    has_picture = "@@PLUGINFILE@@" in text or "<img" in text
    if not has_picture and len(squash(strip_tags(text))) < LONG:
        return False
    return not is_whole or bool(row.item_version.item.topic.strip())
