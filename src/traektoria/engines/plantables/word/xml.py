"""The XML of a part as a tree, safely; names without their namespaces (Word has two of each)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from traektoria.engines.tables.errors import Unreadable

Element = Any
_OFF = {"0", "false", "off"}


def tree(data: bytes) -> Element:
    """The root of a part. Raises Unreadable("damaged"), also for what brings a document type of its own."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable("damaged") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("damaged")
    return root


def name(element: Element) -> str:
    """The name of an element; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, wanted: str) -> str | None:
    """The value of an attribute of any namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of this name, its first child of the next name, …"""
    for step in path:
        element = next((one for one in element if name(one) == step), None) if element is not None else None
    return element


def inside(element: Element | None) -> Iterable[Element]:
    """What stands in an element, nothing in none."""
    return element if element is not None else ()


def children(element: Element | None, wanted: str) -> Iterator[Element]:
    return (one for one in element if name(one) == wanted) if element is not None else iter(())


def value(element: Element | None, *path: str) -> str | None:
    """The attribute «val» of the element at the end of a path."""
    return attribute(child(element, *path), "val")


def number(text: str | None, otherwise: int = 0) -> int:
    """A whole number as XML has it, within what anybody would write."""
    if text is None or not text.strip().lstrip("+-").isdecimal() or len(text) > 9:
        return otherwise
    return int(text)


def is_on(element: Element | None, wanted: str) -> bool:
    """Whether a property is there and not switched off."""
    found = child(element, wanted)
    return found is not None and (attribute(found, "val") or "1").lower() not in _OFF
