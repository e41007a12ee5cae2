"""When a version of an instrument can be changed and published."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.core.figures import shortest
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.instruments.composition import BlueprintTopic, Composition
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.models import InstrumentVersion


@dataclass(frozen=True)
class Lack:
    """What a draft still needs: a sentence, and where it is put right: «add», «settings», «item» (then ``item``)."""

    sentence: str
    place: str = ""
    item: BankItem | None = None


def check_draft(version: InstrumentVersion) -> None:
    """A published version never changes. Raises ``Conflict``."""
    if not version.is_draft:
        raise Conflict(
            _("This version is published and does not change any more. Make a new version, and change that."),
            code="published",
        )


def check_has_plan(version: InstrumentVersion) -> None:
    """Forms are made by a plan of topics and levels for a control work only. Raises ``Conflict``."""
    if version.instrument.kind != InstrumentKind.CONTROL_WORK:
        raise Conflict(
            _("Only a control work is made by a plan of topics. Add questions or statements here."), code="no_plan"
        )


def check_publishable(found: Composition) -> None:
    """Raises ``Invalid`` with everything that is missing."""
    missing = lacks(found)
    if missing:
        raise Invalid(" ".join(lack.sentence for lack in missing), code="incomplete")


def lacks(found: Composition) -> list[Lack]:
    """What is missing before the version can be published, in the order in which to put it right."""
    empty = _empty_forms(found)
    if empty:
        return empty
    if found.version.instrument.kind != InstrumentKind.CONTROL_WORK:
        return []
    return [*_without_topic(found), *_unlike_forms(found)]


def _empty_forms(found: Composition) -> list[Lack]:
    bare = [part for part in found.forms if not part.asked]
    if len(bare) == len(found.forms):
        return [Lack(_("Add at least one item that asks something."), "add")]
    return [Lack(_("«%(form)s» has no items yet.") % {"form": part.name}, "add") for part in bare]


def _without_topic(found: Composition) -> list[Lack]:
    items = {row.item.pk: row.item for row in found.rows if row.number and not row.item.topic}
    said = _("The item «%(name)s» has no topic: results are read by topic.")
    return [Lack(said % {"name": item.name}, "item", item) for item in items.values()]


def _unlike_forms(found: Composition) -> list[Lack]:
    """Forms have equal numbers and points for each topic and level; for the topic alone where the plan says so."""
    free = {row.topic for row in found.settings.blueprint if not row.level}
    lines = [line for line in found.topics if line.topic not in free]
    lines += [_whole(topic, found.topics) for topic in sorted(free & {line.topic for line in found.topics})]
    return [Lack(_unlike(line), "add") for line in lines if line.topic and line.uneven]


def _whole(topic: str, lines: Sequence[BlueprintTopic]) -> BlueprintTopic:
    """All levels of a topic together."""
    own = [line for line in lines if line.topic == topic]
    counts = tuple(map(sum, zip(*(line.counts for line in own), strict=True)))
    points = tuple(sum(of_form, Decimal(0)) for of_form in zip(*(line.points for line in own), strict=True))
    return BlueprintTopic(topic, "", counts, points)


def _unlike(line: BlueprintTopic) -> str:
    facts = {
        "topic": f"{line.topic}, {line.level_name}" if line.level else line.topic,
        "a": line.counts[0],
        "b": line.counts[1],
        "points_a": shortest(line.points[0]),
        "points_b": shortest(line.points[1]),
    }
    return (
        _(
            "The forms differ in «%(topic)s»: form A has %(a)s items and %(points_a)s points, "
            "form B has %(b)s items and %(points_b)s points."
        )
        % facts
    )
