"""DOCX: from checked parts to a paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from traektoria.engines.plantables.limits import FILES, XML
from traektoria.engines.plantables.model import Left, Paper, Paragraph, Place, Where, WhyLeftOut
from traektoria.engines.plantables.word.body import Walk
from traektoria.engines.plantables.word.numbering import Numbering
from traektoria.engines.plantables.word.xml import Element, attribute, child, children, name, tree
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.relations import relations
from traektoria.engines.tables.safety import Parts, check_package

Related = Collection[tuple[str, str]]
_BODY = "word/document.xml"
_SHOWN = 120
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}


def read_document(source: bytes) -> Paper:
    """Raises Unreadable and nothing else."""
    parts = check_package(source, FILES, _check_kind)
    main = next((part for kind, part in relations(parts, "").values() if kind == "officeDocument"), _BODY)
    if main not in parts:
        raise Unreadable("damaged")
    if len(parts[main]) > XML:
        raise Unreadable("too_large", size=len(parts[main]), limit=XML)
    related = relations(parts, main).values()
    body = child(tree(parts[main]), "body")
    if body is None:
        raise Unreadable("damaged")
    walk = Walk(Numbering(_part(parts, related, "numbering"), _part(parts, related, "styles")))
    blocks = tuple(walk.blocks(body))
    return Paper("docx", blocks, (*walk.left, *_around(parts, related)))


def _check_kind(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable("macros")
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable("open_document")
    if "[content_types].xml" not in names:
        raise Unreadable("not_a_plan")


def _part(parts: Parts, related: Related, wanted: str) -> Element | None:
    part = next((part for kind, part in related if kind == wanted), "")
    return tree(parts[part]) if part in parts else None


def _around(parts: Parts, related: Related) -> Iterator[Left]:
    """Headers, footers and notes: no part of a table, and named."""
    for kind, part in related:
        if part not in parts or kind not in {"header", "footer", *_NOTES}:
            continue
        root = tree(parts[part])
        for element in children(root, _NOTES[kind]) if kind in _NOTES else [root]:
            if attribute(element, "type") in _NO_NOTES:
                continue
            blocks = Walk(Numbering(None, None)).blocks(element)
            text = " ".join(one.text for one in blocks if isinstance(one, Paragraph)).strip()
            if text and not text.isdecimal():
                yield Left(Place(Where.ELSEWHERE, name=_NOTES.get(kind, name(root))), WhyLeftOut.TEXT, text[:_SHOWN])
