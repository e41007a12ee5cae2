"""The rows of docs/deadlines.md: a phrase, its kind, what it is understood as, when it is due."""

from traektoria.engines.deadlines.calendar import Plan
from traektoria.engines.deadlines.occurrence import Occurrence, said
from traektoria.engines.deadlines.paraphrases import paraphrase
from traektoria.engines.deadlines.plan_occurrences import occurrences
from traektoria.engines.deadlines.reader import parse

MANY = 5
"""So many occurrences are written out; of more the first two and the last."""


def row(phrase: str, plan: Plan) -> tuple[str, str, str]:
    """Kind, meaning, dates or reasons: as they stand in the table."""
    found = parse(phrase.replace("⏎", "\n"))
    if found.deadline is None:
        unknown = ", ".join(f"«{words.text}»".replace("\n", "⏎") for words in found.unknown)
        choices = " или ".join(f"«{paraphrase(choice)}»" for choice in found.choices)
        return found.kind.value, "", f"? {choices}" if choices else f"✗ {unknown}"
    dates = occurrences(found.deadline, plan)
    written = [_written(one) for one in dates.occurrences]
    if len(written) > MANY:
        written = [*written[:2], f"… {len(written)} … {written[-1]}"]
    reasons = [one.sentence for one in dates.why]
    return found.kind.value, paraphrase(found.deadline), " ".join(filter(None, [", ".join(written), *reasons]))


def _written(one: Occurrence) -> str:
    times = f" ({one.number}/{one.of})" if one.of > 1 else ""
    return f"{'≈' if one.approximate else ''}{said(one)}{times}"
