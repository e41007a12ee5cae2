"""What a programme of a tutorial consists of: meetings, each with the self-work that follows it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NotRequired, cast

from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from traektoria.core.addresses import is_web_address
from traektoria.core.errors import Invalid


class ModuleFacts(TypedDict):
    """A ``Module`` as it is kept."""

    title: str
    minutes: int
    steps: str
    task: str
    text: str
    link: str
    days: int
    effort: int
    early: NotRequired[bool]


Modules = list[ModuleFacts]


class Whole(TypedDict):
    """A version as it is kept."""

    title: str
    about: str
    subjects: list[str]
    classes: str
    materials: str
    modules: Modules


@dataclass(frozen=True)
class Module:
    """A meeting of ``minutes`` and what is done there; ``task`` empty: no self-work follows. The task is due ``days``
    after the meeting and counts as ``effort`` minutes; ``early``: it may be handed in before the meeting too."""

    title: str
    minutes: int
    steps: str = ""
    task: str = ""
    text: str = ""
    link: str = ""
    days: int = 7
    effort: int = 60
    early: bool = False


def modules_of(kept: Iterable[ModuleFacts]) -> list[Module]:
    return [Module(**one) for one in kept]


def kept_of(modules: Iterable[Module]) -> Modules:
    """``early`` only where it is so: what was released before there was such a word stays the same."""
    return [cast(ModuleFacts, _kept(one)) for one in modules]


def _kept(module: Module) -> dict[str, Any]:
    kept = asdict(module)
    if not module.early:
        del kept["early"]
    return kept


def minutes_of(modules: Sequence[Module]) -> tuple[int, int]:
    """Of all meetings, of all self-work."""
    return sum(one.minutes for one in modules), sum(one.effort for one in modules if one.task)


def materials_of(text: str) -> list[tuple[str, str]]:
    """(title, address) of each line, which ends with the address. Raises ``Invalid`` for a line without one."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        title, _space, link = line.rpartition(" ")
        if not is_web_address(link) or len(link) > 500:
            raise Invalid(_("“%(line)s”: end the line with an address, https://…") % {"line": line}, code="link")
        found.append(((title.strip() or link)[:200], link))
    return found
