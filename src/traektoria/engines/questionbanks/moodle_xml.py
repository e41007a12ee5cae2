"""Moodle XML, the exchange format of Moodle with everything inside: pictures, tags, weights.

Types that cannot be asked here (cloze, calculated, drag and drop …) are named with their line; the rest is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from traektoria.engines.questionbanks.checks import checked
from traektoria.engines.questionbanks.errors import Rejected, UnreadableBank
from traektoria.engines.questionbanks.findings import Findings, Full
from traektoria.engines.questionbanks.fragments import Unifier, format_named
from traektoria.engines.questionbanks.gift_marks import read_score
from traektoria.engines.questionbanks.model import (
    FALSE,
    TRUE,
    AcceptedAnswer,
    MatchingPair,
    NumericRange,
    Question,
    QuestionKind,
    QuestionOption,
    Tag,
    TextFormat,
)
from traektoria.engines.questionbanks.numbers import read_decimal, read_percent
from traektoria.engines.questionbanks.pictures import REFERENCE, Album
from traektoria.engines.questionbanks.tags import read_tag
from traektoria.engines.questionbanks.xmltree import Node, Tree

ROOTS: Final = frozenset({"quiz", "question"})
_CATEGORY_ROOT = re.compile(r"\$\w+\$/(?:top/)?")
_TRUE: Final = frozenset({"1", "true", "yes"})
_FORMATTED: Final = frozenset({"questiontext", "answer", "feedback", "generalfeedback", "subquestion", "graderinfo"})
_UNUSED: Final = (
    "hint",
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
    "responsetemplate",
)
Reader = Callable[["_Source"], Question]


def read_moodle_xml(trees: Sequence[Tree], findings: Findings) -> None:
    """Read a whole parsed file into `findings`; see `parse_on`. Raises Unreadable("unknown_xml")."""
    root = trees[0].root
    if root is None or root.tag not in ROOTS:
        raise UnreadableBank("unknown_xml", root=root.tag if root else "")
    unused: Counter[str] = Counter()
    tops = [tree.root for tree in trees if tree.root]
    nodes = [root] if root.tag == "question" else [node for top in tops for node in top.elements("question")]
    try:
        _read_all(nodes, findings, unused)
    except Full:
        return
    finally:
        if unused:
            names = ", ".join(f"{name} × {count}" for name, count in sorted(unused.items()))
            findings.warn(root.line, "ignored_parts", names=names)
        for tree in trees:
            if tree.broken_line:
                findings.fail(tree.broken_line, "broken_xml", reason=tree.reason)


def _read_all(nodes: list[Node], findings: Findings, unused: Counter[str]) -> None:
    category, spent = "", 0
    for node in nodes:
        if not node.closed:  # the file breaks off inside: answers may be lacking
            continue
        if _type(node) == "category":
            category = _CATEGORY_ROOT.sub("", _text(node.first("category")).strip(), count=1)
            continue
        with findings.question(node.line) as found:
            source = _Source(node, findings, Album(findings, spent))
            question = source.question()
            found(replace(question, category=category))
            spent = source.album.spent
            unused.update(_unused(node))


def _type(node: Node) -> str:
    return node.attributes.get("type", "").strip().lower()


def _text(node: Node | None) -> str:
    """The text of an element that holds it in <text>, or holds it itself as old files do."""
    if node is None:
        return ""
    inner = node.first("text")
    return inner.text() if inner else "".join(each for each in node.children if isinstance(each, str))


def _unused(node: Node) -> Iterator[str]:
    return (each.tag for each in node.elements(*_UNUSED) if _text(each).strip())


class _Source:
    """One <question> and what is needed to read its parts."""

    def __init__(self, node: Node, findings: Findings, album: Album) -> None:
        self.node = node
        self.findings = findings
        self.album = album
        stem = node.first("questiontext")
        self.unifier = Unifier(_format(stem) or TextFormat.HTML, _formats(node), findings)

    def question(self) -> Question:
        name = " ".join(_text(self.node.first("name")).split())
        self.findings.name(name or _text(self.node.first("questiontext")))
        reader = _READERS.get(_type(self.node))
        if reader is None:
            raise Rejected(self.node.line, "unsupported_type", type=_type(self.node))
        question = replace(reader(self), name=name)
        return checked(self._common(question), self.findings)

    def _common(self, question: Question) -> Question:
        stem = self.node.first("questiontext")
        return replace(
            question,
            text=self.part(stem) + self._old_image(),
            text_format=self.unifier.target,
            feedback=self.part(self.node.first("generalfeedback")),
            max_score=self._max_score(question),
            tags=self._tags(),
            external_id=self.node.value("idnumber"),
            pictures=tuple(self.album.pictures),
        )

    def blank(self, kind: QuestionKind) -> Question:
        """A question of a kind, to be filled."""
        return Question(kind=kind, text="", number_line=self.node.line)

    def part(self, node: Node | None) -> str:
        """A formatted part with its pictures; "" without it."""
        if node is None:
            return ""
        files: dict[str, str] = {}
        for file in node.elements("file"):
            name = file.attributes.get("name", "")
            files[name] = self.album.add(name, file.text(), file.line)
        text = self.album.resolve(_text(node).strip(), files, node.line)
        return self.unifier.text(text, node.line, _format(node))

    def _old_image(self) -> str:
        """Moodle 1.9 kept one picture beside the text."""
        encoded = self.node.value("image_base64")
        name = self.album.add(self.node.value("image"), encoded, self.node.line) if encoded else ""
        return f'<p><img src="{REFERENCE}{name}" alt=""></p>' if name else ""

    def _max_score(self, question: Question) -> Fraction:
        raw = self.node.value("defaultgrade")
        if question.kind is QuestionKind.DESCRIPTION:
            return Fraction(0)
        score = read_score(raw) if raw else Fraction(1)
        if score is None:
            self.findings.warn(self.node.line, "bad_score", found=raw)
        return Fraction(1) if score is None else score

    def _tags(self) -> tuple[Tag, ...]:
        parent = self.node.first("tags")
        found = (read_tag(_text(tag)) for tag in parent.elements("tag")) if parent else ()
        return tuple(dict.fromkeys(tag for tag in found if tag))

    def answers(self) -> Iterator[tuple[Node, str, Fraction, str]]:
        """(element, bare text, weight, feedback) of each answer."""
        for node in self.node.elements("answer"):
            yield node, _text(node).strip(), self._weight(node), self.part(node.first("feedback"))

    def _weight(self, node: Node) -> Fraction:
        raw = node.attributes.get("fraction", "").strip() or node.value("fraction") or "0"
        percent = read_percent(raw)
        if percent is None:
            raise Rejected(node.line, "bad_weight", found=raw)
        return percent

    def flag(self, *names: str, default: bool = False) -> bool:
        """A yes-or-no element."""
        raw = self.node.value(*names).lower()
        return raw in _TRUE if raw else default


def _format(node: Node | None) -> TextFormat | None:
    return format_named(node.attributes.get("format", "")) if node else None


def _formats(question: Node) -> Iterator[TextFormat]:
    plain_answers = _type(question) in ("shortanswer", "numerical", "truefalse")
    for node in question.descendants(*_FORMATTED):
        found = _format(node)
        if found and _text(node).strip() and not (plain_answers and node.tag == "answer"):
            yield found


def _multichoice(source: _Source) -> Question:
    options = []
    for node, text, weight, feedback in source.answers():
        if text:
            options.append(QuestionOption(source.part(node), weight, feedback))
        else:
            source.findings.warn(node.line, "empty_answer")
    kind = QuestionKind.SINGLE if source.flag("single", default=True) else QuestionKind.MULTIPLE
    return replace(source.blank(kind), options=tuple(options))


def _true_false(source: _Source) -> Question:
    found = {text.lower(): (weight, feedback) for _, text, weight, feedback in source.answers()}
    if not {TRUE, FALSE} <= found.keys():
        raise Rejected(source.node.line, "too_few_answers", count=len(found), needed=2)
    options = tuple(QuestionOption(text, *found[text]) for text in (TRUE, FALSE))
    return replace(source.blank(QuestionKind.SINGLE), true_false=True, options=options)


def _short(source: _Source) -> Question:
    accepted = []
    for node, text, weight, feedback in source.answers():
        if text:
            accepted.append(AcceptedAnswer(text, weight, feedback))
        else:
            source.findings.warn(node.line, "empty_answer")
    return replace(source.blank(QuestionKind.SHORT), accepted=tuple(accepted), case_sensitive=source.flag("usecase"))


def _numeric(source: _Source) -> Question:
    units = source.node.first("units")
    if units is not None and units.first("unit"):
        source.findings.warn(units.line, "units_ignored")
    ranges = tuple(_range(*answer) for answer in source.answers())
    return replace(source.blank(QuestionKind.NUMERIC), numeric=ranges)


def _range(node: Node, text: str, weight: Fraction, feedback: str) -> NumericRange:
    if text == "*":
        return NumericRange(None, None, weight, feedback)
    value, tolerance = read_decimal(text), read_decimal(node.value("tolerance") or "0")
    if value is None or tolerance is None:
        raise Rejected(node.line, "not_a_number", found=text if value is None else node.value("tolerance"))
    return NumericRange(value - abs(tolerance), value + abs(tolerance), weight, feedback)


def _matching(source: _Source) -> Question:
    pairs, distractors = [], []
    for node in source.node.elements("subquestion"):
        left, right = source.part(node), _text(node.first("answer")).strip()
        if left and right:
            pairs.append(MatchingPair(left, right))
        elif right:
            distractors.append(right)
        else:
            source.findings.warn(node.line, "empty_answer")
    return replace(source.blank(QuestionKind.MATCHING), pairs=tuple(pairs), distractors=tuple(distractors))


def _ordering(source: _Source) -> Question:
    answers = list(source.node.elements("answer"))
    places = [read_decimal(node.attributes.get("fraction", "")) for node in answers]
    known = [place for place in places if place is not None]
    if len(known) == len(answers) and len(set(known)) == len(known):
        answers = [node for _, node in sorted(zip(known, answers, strict=True), key=lambda pair: pair[0])]
    order = tuple(text for node in answers if (text := source.part(node)))
    return replace(source.blank(QuestionKind.ORDERING), order=order)


def _essay(source: _Source) -> Question:
    return replace(source.blank(QuestionKind.EXTENDED), guidance=source.part(source.node.first("graderinfo")))


_READERS: Final[dict[str, Reader]] = {
    "multichoice": _multichoice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numeric,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "description": lambda source: source.blank(QuestionKind.DESCRIPTION),
}
