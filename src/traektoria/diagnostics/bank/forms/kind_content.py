"""What is typed on the form of an item as fields of its content (``read_…``), and back (``write_…``)."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from traektoria.diagnostics.bank.forms import fields as f
from traektoria.diagnostics.bank.forms.rows import Raw
from traektoria.diagnostics.items import content as c

Cleaned = dict[str, Any]
Lists = dict[str, list[Cleaned]]
Written = tuple[Cleaned, dict[str, list[Raw]]]
WHOLE = "100"


def none(content: Any) -> Written:
    return {}, {}


def read_single(head: Cleaned, lists: Lists) -> Cleaned:
    rows = [
        {"text": row["text"], "weight": WHOLE if row["mark"] else row["weight"] or "0", "feedback": row["feedback"]}
        for row in lists["options"]
    ]
    return {"options": rows, "shuffle": head["shuffle"]}


def write_single(content: c.Single) -> Written:
    right = next((at for at, one in enumerate(content.options) if one.weight == WHOLE), -1)
    rows = [
        {
            "text": one.text,
            "mark": "on" if at == right else "",
            "weight": "" if at == right or one.weight == "0" else f.written_percent(one.weight),
            "feedback": one.feedback,
        }
        for at, one in enumerate(content.options)
    ]
    return {"shuffle": content.shuffle}, {"options": rows}


def _usual(right: bool, number: int) -> str:
    """The share where none is written: the right ones make 100 %, a wrong one takes as much away."""
    one = Fraction(100, max(number, 1))
    return str(one if right else -one)


def read_multiple(head: Cleaned, lists: Lists) -> Cleaned:
    number = sum(row["mark"] for row in lists["options"])
    rows = [
        {"text": row["text"], "weight": row["weight"] or _usual(row["mark"], number), "feedback": row["feedback"]}
        for row in lists["options"]
    ]
    return {"options": rows, "shuffle": head["shuffle"], "exact": head["exact"]}


def write_multiple(content: c.Multiple) -> Written:
    weights = [Fraction(one.weight) for one in content.options]
    number = sum(weight > 0 for weight in weights)
    rows = [
        {
            "text": one.text,
            "mark": "on" if weight > 0 else "",
            "weight": "" if str(weight) == _usual(weight > 0, number) else f.written_percent(one.weight),
            "feedback": one.feedback,
        }
        for one, weight in zip(content.options, weights, strict=True)
    ]
    return {"shuffle": content.shuffle, "exact": content.exact}, {"options": rows}


def read_accepted(head: Cleaned, lists: Lists) -> Cleaned:
    rows = [{**_said(row, "text"), "weight": row["weight"] or WHOLE} for row in lists["accepted"]]
    return {"accepted": rows, **flags("case_sensitive", "strict")(head, lists)}


def _said(row: Cleaned, name: str) -> Cleaned:
    return {name: row[name], "feedback": row["feedback"]}


def _share(weight: str) -> str:
    return "" if weight == WHOLE else f.written_percent(weight)


def write_accepted(content: c.Short) -> Written:
    rows = [{"text": one.text, "weight": _share(one.weight), "feedback": one.feedback} for one in content.accepted]
    return {"case_sensitive": content.case_sensitive, "strict": content.strict}, {"accepted": rows}


def read_ranges(head: Cleaned, lists: Lists) -> Cleaned:
    rows = [
        {
            "low": row["number"][0],
            "high": row["number"][1],
            "weight": row["weight"] or WHOLE,
            "feedback": row["feedback"],
        }
        for row in lists["ranges"]
    ]
    return {"ranges": rows, "unit": head["unit"]}


def write_ranges(content: c.Numeric) -> Written:
    rows = [
        {"number": f.written_range(one.low, one.high), "weight": _share(one.weight), "feedback": one.feedback}
        for one in content.ranges
    ]
    return {"unit": content.unit}, {"ranges": rows}


def read_pairs(head: Cleaned, lists: Lists) -> Cleaned:
    pairs = [{"left": row["left"], "right": row["right"]} for row in lists["pairs"]]
    return {"pairs": pairs, "distractors": [row["text"] for row in lists["distractors"]], "whole": head["whole"]}


def write_pairs(content: c.Matching) -> Written:
    pairs = [{"left": one.left, "right": one.right} for one in content.pairs]
    return {"whole": content.whole}, {"pairs": pairs, "distractors": [{"text": text} for text in content.distractors]}


def read_criteria(head: Cleaned, lists: Lists) -> Cleaned:
    criteria = [
        {
            "code": row["code"] or f"К{number}",
            "title": row["title"],
            "most": row["most"],
            "descriptors": row["descriptors"],
        }
        for number, row in enumerate(lists["criteria"], start=1)
    ]
    return {"criteria": criteria, "guidance": head["guidance"], "tolerance": head["tolerance"]}


def write_criteria(content: c.Extended) -> Written:
    rows = [
        {
            "code": one.code,
            "title": one.title,
            "most": f.written_points(one.most),
            "descriptors": "\n".join(one.descriptors),
        }
        for one in content.criteria
    ]
    return {"guidance": content.guidance, "tolerance": f.written_points(content.tolerance)}, {"criteria": rows}


def read_marks(head: Cleaned, lists: Lists) -> Cleaned:
    rows = lists["marks"]
    examples = [row["example"] for row in rows]
    return {"descriptors": [row["descriptor"] for row in rows], "examples": examples if any(examples) else []}


def write_marks(content: c.LevelMark) -> Written:
    examples = [*content.examples, *[""] * len(content.descriptors)]
    rows = [{"descriptor": text, "example": examples[at]} for at, text in enumerate(content.descriptors)]
    return {}, {"marks": rows}


def flags(*names: str) -> Callable[[Cleaned, Lists], Cleaned]:
    return lambda head, lists: {name: head[name] for name in names}


def read_order(head: Cleaned, lists: Lists) -> Cleaned:
    return {"order": [row["text"] for row in lists["order"]], "whole": head["whole"]}


def write_order(content: c.Ordering) -> Written:
    return {"whole": content.whole}, {"order": [{"text": text} for text in content.order]}


def read_choice(head: Cleaned, lists: Lists) -> Cleaned:
    options = [{"text": row["text"]} for row in lists["options"]]
    return {"options": options, **flags("many", "other", "difficulties")(head, lists)}


def write_choice(content: c.Choice) -> Written:
    head = {name: getattr(content, name) for name in ("many", "other", "difficulties")}
    return head, {"options": [{"text": one.text} for one in content.options]}


def write_likert(content: c.Likert) -> Written:
    return {"steps": "\n".join(content.steps), "scale": content.scale, "reverse": content.reverse}, {}
