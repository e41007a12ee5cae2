"""One assessmentItem of QTI 2.x or 3.0 into a question: names of both versions are brought to those of 2.x first."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from traektoria.engines.questionbanks.checks import checked
from traektoria.engines.questionbanks.errors import Rejected
from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.model import (
    WHOLE,
    AcceptedAnswer,
    MatchingPair,
    NumericRange,
    Question,
    QuestionKind,
    QuestionOption,
    TextFormat,
)
from traektoria.engines.questionbanks.numbers import read_decimal
from traektoria.engines.questionbanks.pictures import REFERENCE, Album, alike
from traektoria.engines.questionbanks.safe_html import plain
from traektoria.engines.questionbanks.xmltree import Node

BLANK: Final = "_____"
CANDIDATE: Final = "candidate"
"""The reader of a rubricBlock who is the one that answers."""
_INLINE: Final = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_ASIDE: Final = frozenset({"rubricBlock", "feedbackInline", "feedbackBlock", "stylesheet", "templateBlock", "prompt"})
_SEARCHED: Final = 2_000
_KEBAB = re.compile(r"-([a-z])")
_SOURCE = re.compile(r'(<img\b[^>]*?\bsrc=")([^":]+)(")')


def modernised(node: Node) -> Node:
    """Names of QTI 3 (``qti-choice-interaction``, ``max-choices``) as in QTI 2 (``choiceInteraction``), in place."""
    if node.tag.startswith("qti-"):
        node.tag = _camel(node.tag[4:])
        node.attributes = {_camel(name): value for name, value in node.attributes.items()}
    for child in node.elements():
        modernised(child)
    return node


def _camel(name: str) -> str:
    return _KEBAB.sub(lambda match: match[1].upper(), name)


@dataclass(slots=True)
class _Key:
    """What a responseDeclaration says: right values and points of values."""

    correct: list[str] = field(default_factory=list)
    points: dict[str, Fraction] = field(default_factory=dict)
    limit: Fraction | None = None
    numeric: bool = False
    case_sensitive: bool = False


@dataclass(slots=True)
class _Item:
    node: Node
    body: Node
    interaction: Node
    key: _Key
    findings: Findings
    album: Album
    files: Mapping[str, bytes]

    def file(self, path: str) -> bytes | None:
        """The file beside the item, found by the end of its path; in a package of moderate size by a like name too."""
        exact = next((data for own, data in self.files.items() if own.endswith(path)), None)
        if exact is not None or len(self.files) > _SEARCHED:
            return exact
        tails = {urllib.parse.unquote(own)[-len(path) :]: data for own, data in self.files.items()}
        return tails.get(alike(path, tails))

    def markup(self, node: Node) -> str:
        """Inside of an element as HTML, with its pictures."""
        return self.pictured(_inner(node, self.interaction).strip(), node.line)

    def pictured(self, text: str, line: int) -> str:
        def kept(match: re.Match[str]) -> str:
            path = urllib.parse.unquote(re.split("[?#]", match[2])[0]).replace("\\", "/")
            name, wanted = path.rpartition("/")[2], path.lstrip("./")
            data = self.file(wanted) if wanted else None
            if data is None:
                self.findings.warn(line, "missing_picture", name=match[2])
                return match[0]
            return f"{match[1]}{REFERENCE}{urllib.parse.quote(self.album.keep(name, data, line))}{match[3]}"

        return self.album.resolve(_SOURCE.sub(kept, text), {p.name: p.name for p in self.album.pictures}, line)


def item_question(node: Node, findings: Findings, album: Album, files: Mapping[str, bytes]) -> Question:
    """The question of an item; `files` are those beside it: path → bytes. Raises Rejected."""
    findings.name(node.attributes.get("title", "") or node.attributes.get("identifier", ""))
    body = node.first("itemBody")
    if body is None:
        raise Rejected(node.line, "no_text")
    interactions = [each for each in body.descendants() if each.tag.endswith("Interaction")]
    if len(interactions) > 1:
        raise Rejected(interactions[1].line, "unsupported_type", type="several interactions")
    interaction = interactions[0] if interactions else Node("", {}, node.line)
    reader = _READERS.get(interaction.tag)
    if reader is None:
        raise Rejected(interaction.line, "unsupported_type", type=interaction.tag)
    for other in body.descendants("object"):
        if not other.attributes.get("type", "image/").startswith("image/"):
            findings.warn(other.line, "file_not_picture", name=other.attributes.get("data", ""))
    if any(each.text().strip() for each in node.elements("modalFeedback")):
        findings.warn(node.line, "ignored_parts", names="modalFeedback")
    key = _key(node, interaction.attributes.get("responseIdentifier", ""))
    item = _Item(node, body, interaction, key, findings, album, files)
    return checked(_common(item, reader(item)), findings, answers_line=interaction.line)


def _common(item: _Item, question: Question) -> Question:
    prompt = item.interaction.first("prompt")
    rubrics = list(item.body.descendants("rubricBlock"))
    to_read = [item.markup(each) for each in rubrics if CANDIDATE in each.attributes.get("view", "").split()]
    parts = [*to_read, item.markup(item.body), item.markup(prompt) if prompt else ""]
    others = [item.markup(each) for each in rubrics if CANDIDATE not in each.attributes.get("view", "").split()]
    return replace(
        question,
        text="".join(parts).strip(),
        name=" ".join(item.node.attributes.get("title", "").split()),
        external_id=item.node.attributes.get("identifier", ""),
        guidance="".join(others),
        max_score=_max_score(item) if question.kind is not QuestionKind.DESCRIPTION else Fraction(0),
        pictures=tuple(item.album.pictures),
    )


def _inner(node: Node, interaction: Node) -> str:
    """Markup of the children; the interaction is a blank in a line, or nothing between paragraphs."""
    out = []
    for child in node.children:
        if isinstance(child, str):
            out.append(child.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        elif child is interaction:
            out.append(BLANK if child.tag in _INLINE else "")
        elif child.tag == "object":
            out.append(_picture(child) if _is_picture(child) else _inner(child, interaction))
        elif child.tag == "contentBody":
            out.append(_inner(child, interaction))
        elif child.tag not in _ASIDE:
            attributes = "".join(f' {name}="{value}"' for name, value in _plain_attributes(child))
            out.append(f"<{child.tag}{attributes}>{_inner(child, interaction)}</{child.tag}>")
    return re.sub(r"<(img|br|hr)([^>]*)></\1>", r"<\1\2>", "".join(out))


def _is_picture(node: Node) -> bool:
    """Whether an object is a picture itself; one that browsers may not show holds another one to be shown instead."""
    kind = node.attributes.get("type", "image/")
    return kind.startswith("image/") and not (kind == "image/svg+xml" and list(node.elements("object", "img")))


def _picture(node: Node) -> str:
    """``<object data="graph.png">words</object>`` is a picture with its alternative text."""
    words = " ".join(plain(node.text(), TextFormat.HTML).split())
    sizes = {name: node.attributes.get(name, "") for name in ("width", "height")}
    shown = {"src": node.attributes.get("data", ""), "alt": words, **sizes}
    return "<img" + "".join(f' {name}="{html.escape(value)}"' for name, value in shown.items() if value) + ">"


def _plain_attributes(node: Node) -> Iterator[tuple[str, str]]:
    kept = ("src", "alt", "width", "height", "colspan", "rowspan", "display")
    return ((name, value.replace('"', "&quot;")) for name, value in node.attributes.items() if name in kept)


def _key(node: Node, identifier: str) -> _Key:
    key = _Key()
    for declaration in node.elements("responseDeclaration"):
        if declaration.attributes.get("identifier") != identifier:
            continue
        key.numeric = declaration.attributes.get("baseType") in ("float", "integer")
        correct, mapping = declaration.first("correctResponse"), declaration.first("mapping")
        key.correct = [" ".join(value.text().split()) for value in correct.elements("value")] if correct else []
        if mapping:
            _read_mapping(mapping, key)
    return key


def _read_mapping(mapping: Node, key: _Key) -> None:
    limit = read_decimal(mapping.attributes.get("upperBound", ""))
    key.limit = Fraction(limit) if limit and limit > 0 else None
    for entry in mapping.elements("mapEntry"):
        points = read_decimal(entry.attributes.get("mappedValue", ""))
        if points is None:
            raise Rejected(entry.line, "bad_weight", found=entry.attributes.get("mappedValue", ""))
        key.points[" ".join(entry.attributes.get("mapKey", "").split())] = Fraction(points)
        key.case_sensitive = key.case_sensitive or entry.attributes.get("caseSensitive") == "true"


def _max_score(item: _Item) -> Fraction:
    for outcome in item.node.elements("outcomeDeclaration"):
        default = outcome.first("defaultValue")
        named = default.value("value") if default and outcome.attributes.get("identifier") == "MAXSCORE" else ""
        number = read_decimal(outcome.attributes.get("normalMaximum", "") or named)
        if number and 0 < number <= 1000:
            return Fraction(number)
    return item.key.limit or Fraction(1)


def _weights(item: _Item, *, several: bool) -> dict[str, Fraction]:
    """Identifier → percent: by points where the item has them, else right answers share the whole mark."""
    points = item.key.points
    positive = [each for each in points.values() if each > 0]
    if positive:
        whole = item.key.limit or (sum(positive, Fraction(0)) if several else max(positive))
        return {name: max(-WHOLE, min(WHOLE, value / whole * 100)) for name, value in points.items()}
    correct = item.key.correct
    if several and len(correct) > 1:
        item.findings.warn(item.interaction.line, "unsupported_marking", found="match_correct")
    return {name: WHOLE / len(correct) if several else WHOLE for name in correct}


def _choice(item: _Item) -> Question:
    several = item.interaction.attributes.get("maxChoices", "1") != "1" and item.interaction.tag != _INLINE_CHOICE
    weights = _weights(item, several=several)
    options = []
    for choice in item.interaction.descendants("simpleChoice", "inlineChoice"):
        feedback = choice.first("feedbackInline")
        weight = weights.get(choice.attributes.get("identifier", ""), Fraction(0))
        options.append(QuestionOption(item.markup(choice), weight, item.markup(feedback) if feedback else ""))
    return replace(_blank(item, QuestionKind.MULTIPLE if several else QuestionKind.SINGLE), options=tuple(options))


def _text_entry(item: _Item) -> Question:
    weights = dict.fromkeys(item.key.correct, WHOLE) | _weights(item, several=False)
    numbers = {name: number for name in weights if (number := read_decimal(name)) is not None}
    if item.key.numeric and len(numbers) == len(weights):
        low, high = _tolerance(item)
        ranges = tuple(NumericRange(number - low, number + high, weights[name]) for name, number in numbers.items())
        return replace(_blank(item, QuestionKind.NUMERIC), numeric=ranges)
    accepted = tuple(AcceptedAnswer(name.replace("*", "\\*"), weight) for name, weight in weights.items() if name)
    return replace(_blank(item, QuestionKind.SHORT), accepted=accepted, case_sensitive=item.key.case_sensitive)


def _tolerance(item: _Item) -> tuple[Decimal, Decimal]:
    """How far below and above a number is right too: ``<equal toleranceMode="absolute" tolerance="0.01 0.02">``.

    Another way of comparing is told of.
    """
    for compared in item.node.descendants("gt", "gte", "lt", "lte"):
        item.findings.warn(compared.line, "unsupported_marking", found=compared.tag)
    for equal in item.node.descendants("equal", "equalRounded"):
        mode, given = equal.attributes.get("toleranceMode", "exact"), equal.attributes.get("tolerance", "").split()
        ends = [number for one in given if (number := read_decimal(one)) is not None and number >= 0]
        bounds = {equal.attributes.get(f"include{side}Bound", "true") for side in ("Lower", "Upper")}
        if equal.tag == "equal" and mode == "absolute" and given and len(ends) == len(given):
            if "false" in bounds:
                item.findings.warn(equal.line, "unsupported_marking", found="includeLowerBound, includeUpperBound")
            return ends[0], ends[-1]
        if equal.tag != "equal" or mode != "exact":
            item.findings.warn(equal.line, "unsupported_marking", found=f"{equal.tag} {mode} {' '.join(given)}".strip())
    return Decimal(0), Decimal(0)


def _match(item: _Item) -> Question:
    sets = list(item.interaction.elements("simpleMatchSet"))
    if len(sets) != 2:
        raise Rejected(item.interaction.line, "unsupported_type", type=item.interaction.tag)
    lefts, rights = (
        {choice.attributes.get("identifier", ""): item.markup(choice) for choice in each.elements()} for each in sets
    )
    found = [(b, a) if a in rights else (a, b) for a, b in _pairs(item)]
    right_of = dict(found)
    if set(right_of) != set(lefts) or len(right_of) != len(found) or not set(right_of.values()) <= set(rights):
        raise Rejected(item.interaction.line, "unsupported_type", type="matchInteraction with several or no rights")
    texts = {name: plain(text, TextFormat.HTML) for name, text in rights.items()}
    unused = tuple(text for name, text in texts.items() if name not in right_of.values())
    pairs = tuple(MatchingPair(text, texts[right_of[name]]) for name, text in lefts.items())
    return replace(_blank(item, QuestionKind.MATCHING), pairs=pairs, distractors=unused)


def _pairs(item: _Item) -> list[tuple[str, str]]:
    positive = [name for name, points in item.key.points.items() if points > 0]
    split = (pair.split() for pair in item.key.correct or positive)
    return [(pair[0], pair[1]) for pair in split if len(pair) == 2]


def _order(item: _Item) -> Question:
    texts = {c.attributes.get("identifier", ""): item.markup(c) for c in item.interaction.elements("simpleChoice")}
    if sorted(texts) != sorted(item.key.correct):
        raise Rejected(item.interaction.line, "no_right_answer")
    return replace(_blank(item, QuestionKind.ORDERING), order=tuple(texts[name] for name in item.key.correct))


def _blank(item: _Item, kind: QuestionKind) -> Question:
    return Question(kind=kind, text="", text_format=TextFormat.HTML, number_line=item.node.line)


_INLINE_CHOICE: Final = "inlineChoiceInteraction"
_READERS: Final[dict[str, Callable[[_Item], Question]]] = {
    "": lambda item: _blank(item, QuestionKind.DESCRIPTION),
    "choiceInteraction": _choice,
    _INLINE_CHOICE: _choice,
    "textEntryInteraction": _text_entry,
    "extendedTextInteraction": lambda item: _blank(item, QuestionKind.EXTENDED),
    "matchInteraction": _match,
    "orderInteraction": _order,
}
