"""No kind of items is forgotten: each has its content, its form, and its place among what is scored or is not."""

from typing import Any, get_args

from traektoria.diagnostics.bank.forms.kinds import KINDS
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.item_kinds import kinds_for
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.enums import ItemKind

CONTENTS: tuple[Any, ...] = get_args(get_args(c.Content)[0])


def test_each_kind_has_its_content() -> None:
    assert {one.model_fields["kind"].default for one in CONTENTS} == {*ItemKind.values, "unreadable"}


def test_each_content_is_scored_or_is_not() -> None:
    assert len(c.SCORED) + len(c.UNSCORED) == len(CONTENTS)
    assert {*c.SCORED, *c.UNSCORED} == set(CONTENTS)


def test_each_kind_has_its_form_and_an_instrument() -> None:
    assert set(KINDS) == set(ItemKind)
    assert {kind for instrument in InstrumentKind for kind in kinds_for(instrument)} == set(ItemKind)
