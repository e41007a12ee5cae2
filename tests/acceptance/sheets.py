"""A form of a page as a browser holds it: its boxes, what stands in them, what is typed into them.

Files are boxes too; what is hidden and what a button says travels along as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

TYPED = {
    "",
    "text",
    "search",
    "email",
    "url",
    "tel",
    "number",
    "date",
    "time",
    "datetime-local",
    "password",
    "textarea",
}
PRESSED = {"submit", "button", "image", "reset"}


@dataclass
class Box:
    """What one name of a form holds. ``kind``: the type of its input, «textarea», «select»; ``choices``: what can be
    taken in a select, a row of radio buttons or of ticks; ``values``: what stands there."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    several: bool = False
    longest: int = 0
    numeric: bool = False

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED

    @property
    def is_shown(self) -> bool:
        return self.kind != "hidden"


@dataclass(frozen=True)
class Sheet:
    """One form of a page: where it is posted to, its boxes by their names, the button that sends it."""

    action: str
    boxes: dict[str, Box]
    button: tuple[str, str] = ("", "")
    by_htmx: bool = False

    def shown(self) -> Iterator[Box]:
        return (box for box in self.boxes.values() if box.is_shown)


def sheets(page: HtmlElement, here: str) -> Iterator[Sheet]:
    """Every form of the page that is posted."""
    for form in page.iter("form"):
        if (form.get("method") or "get").lower() == "post":
            parts = list(_parts(page, form))
            yield Sheet(
                form.get("action") or here, _boxes(parts), _button(parts), by_htmx=form.get("hx-post") is not None
            )


def _parts(page: HtmlElement, form: HtmlElement) -> Iterable[HtmlElement]:
    """The inputs of a form, those that stand elsewhere and name it too; not those of another form inside."""
    own = form.xpath(".//input|.//select|.//textarea|.//button")
    named = page.xpath("//*[@form=$id]", id=form.get("id")) if form.get("id") else []
    yield from (one for one in own if one.get("form") in (None, form.get("id")))
    yield from (one for one in named if one not in own)


def _boxes(parts: Iterable[HtmlElement]) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    for one in parts:
        name, kind = one.get("name"), one.tag if one.tag in ("select", "textarea") else (one.get("type") or "").lower()
        if not name or one.get("disabled") is not None or kind in PRESSED or one.tag == "button":
            continue
        box = boxes.setdefault(name, Box(name, kind))
        if kind in ("radio", "checkbox"):
            box.choices.append(one.get("value", "on"))
            box.several = box.several or (kind == "checkbox" and len(box.choices) > 1)
            box.values += [one.get("value", "on")] if one.get("checked") is not None else []
        elif kind == "select":
            options = list(one.iter("option"))
            box.several = one.get("multiple") is not None
            box.choices += [_value(option) for option in options if option.get("disabled") is None]
            taken = [_value(option) for option in options if option.get("selected") is not None]
            box.values += taken or ([] if box.several else box.choices[:1])
        elif kind == "textarea":
            box.values.append((one.text or "").removeprefix("\n"))
        else:
            box.values.append(one.get("value") or "")
        box.longest = int(one.get("maxlength") or 0)
        box.numeric = kind == "number" or one.get("inputmode") in ("numeric", "decimal")
    return boxes


def _value(option: HtmlElement) -> str:
    said = option.get("value")
    return said if said is not None else " ".join(option.text_content().split())


def _button(parts: Iterable[HtmlElement]) -> tuple[str, str]:
    """The main one, or the last."""
    sending = [one for one in parts if (one.get("type") or ("submit" if one.tag == "button" else "")) == "submit"]
    main = [one for one in sending if "button--primary" in (one.get("class") or "")]
    for one in [*main[:1], *sending[::-1]]:
        return one.get("name") or "", one.get("value") or ""
    return "", ""
