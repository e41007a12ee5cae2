"""A released programme as a file: what one centre gives away and another takes, in this installation or elsewhere.

Nothing of people goes along: no author, no events that were held, no works, no diagnostics. Whoever takes it has a
programme of their own, which names where it is from.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.gate import read_json
from traektoria.events.tutorials.actions.programmes import ProgrammeFacts
from traektoria.events.tutorials.content import Module, materials_of
from traektoria.events.tutorials.forms import ModuleForm, ProgrammeForm
from traektoria.events.tutorials.models import TutorialVersion
from traektoria.events.tutorials.policies import MOST_MODULES

FORMAT: Final = "traektoria.tutorial"
EDITION: Final = 1
LARGEST: Final = 400_000


@dataclass(frozen=True)
class Brought:
    """What a file says: the programme, and in words where it is from."""

    facts: ProgrammeFacts
    modules: tuple[Module, ...]
    origin: str


def packed(version: TutorialVersion) -> bytes:
    """Reads ``programme.centre``. Equal versions give equal files."""
    whole: dict[str, Any] = dict(version.content or {})
    facts = {
        "format": FORMAT, "edition": EDITION, "centre": version.programme.centre.name, "version": version.number,
        "programme": whole,
    }  # fmt: skip
    return json.dumps(facts | {"sha256": _digest(facts)}, ensure_ascii=False, indent=1).encode()


def unpacked(content: bytes) -> Brought:
    """Raises ``Invalid`` with what is wrong: no such file, changed on its way, beyond what a programme may be."""
    try:
        kept = read_json(content)
        facts = {key: kept[key] for key in ("format", "edition", "centre", "version", "programme")}
        whole, said = dict(facts["programme"]), kept["sha256"]
        modules = [dict(one) for one in whole["modules"]]
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise _no_programme() from broken
    if facts["format"] != FORMAT or not modules:
        raise _no_programme()
    if facts["edition"] != EDITION:
        raise Invalid(_("This file is of another version of the system: it can't be read here."), code="edition")
    if said != _digest(facts):
        text = _("The file was changed after it was given away: ask for it anew, and change the programme here.")
        raise Invalid(text, code="changed")
    if len(modules) > MOST_MODULES:
        raise Invalid(_("At most %(most)s meetings of one programme.") % {"most": MOST_MODULES}, code="too_many")
    form, meetings = ProgrammeForm(whole), [ModuleForm(one) for one in modules]
    if not form.is_valid() or not all(one.is_valid() for one in meetings):
        raise _no_programme()
    materials_of(form.facts.materials)
    named = {"centre": str(facts["centre"])[:150], "title": form.facts.title, "version": str(facts["version"])[:6]}
    origin = _("%(centre)s, “%(title)s”, version %(version)s") % named
    return Brought(form.facts, tuple(one.module for one in meetings), origin)


def _no_programme() -> Invalid:
    text = _("This is no programme of a tutorial: take the file that “Give away as a file” has made.")
    return Invalid(text, code="no_programme")


def _digest(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
