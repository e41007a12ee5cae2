"""Who may open what of the bank: the coordinator of the centre keeps it; a picture is seen with its item."""

from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.diagnostics.bank_forms import single
from tests.diagnostics.campaign_factories import make_item
from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.diagnostics.models import ItemPicture

KEEPERS = {"coordinator", "foreign_coordinator"}
OTHERS = EVERYONE - KEEPERS


def prepare_bank(world: World) -> None:
    item = make_item(world.own).item
    picture = ItemPicture(item=item, name="a.png", media_type="image/png", sha256="0", alt="Точка")
    picture.file.save("a.png", ContentFile(b"\x89PNG\r\n\x1a\n"), save=False)
    picture.save()
    put_away = make_item(world.own).item
    put_away.archived = True
    put_away.save()
    world.things |= {"bank_item": item, "bank_picture": picture, "put_away": put_away}


def _item(world: World) -> dict[str, Any]:
    return {"pk": world.things["bank_item"].pk}


def _picture(world: World) -> dict[str, Any]:
    return {"pk": world.things["bank_picture"].pk}


def _own(**more: Any) -> Entry:
    """For the coordinator of the item's centre only; the other one finds nothing."""
    return Entry(allowed={"coordinator"}, forbidden=OTHERS, kwargs=_item, **more)


def _gift(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("bank.gift", "::Вопрос:: Сколько? {=5 ~6}".encode())}


BANK_ENTRIES = {
    "diagnostics:bank_list": Entry(allowed=KEEPERS, forbidden=OTHERS),
    "diagnostics:bank_new": Entry(allowed=KEEPERS, forbidden=OTHERS),
    "diagnostics:bank_add": Entry(allowed=KEEPERS, forbidden=OTHERS, kwargs=lambda world: {"kind": "single"}),
    "diagnostics:bank_add POST": Entry(
        allowed=KEEPERS,
        forbidden=OTHERS,
        kwargs=lambda world: {"kind": "single"},
        method="POST",
        data=lambda world: single(),
    ),
    "diagnostics:bank_import": Entry(allowed=KEEPERS, forbidden=OTHERS),
    "diagnostics:bank_import POST": Entry(
        allowed=KEEPERS,
        forbidden=OTHERS,
        method="POST",
        data=_gift,
        idle=dict.fromkeys(KEEPERS, "the file is kept in a folder until it is checked"),
    ),
    "diagnostics:bank_import_check": Entry(allowed=set(), forbidden=OTHERS, kwargs=lambda world: {"token": uuid4()}),
    "diagnostics:bank_template": Entry(allowed=KEEPERS, forbidden=OTHERS),
    "diagnostics:bank_export": Entry(allowed=KEEPERS, forbidden=OTHERS),
    "diagnostics:bank_export_file": Entry(allowed=KEEPERS, forbidden=OTHERS, kwargs=lambda world: {"kind": "gift"}),
    "diagnostics:bank_item": _own(),
    "diagnostics:bank_edit": _own(),
    "diagnostics:bank_edit POST": _own(method="POST", data=lambda world: single()),
    "diagnostics:bank_version": Entry(
        allowed={"coordinator"}, forbidden=OTHERS, kwargs=lambda world: {**_item(world), "number": 1}
    ),
    "diagnostics:bank_archive": _own(method="POST"),
    "diagnostics:bank_restore": Entry(
        allowed={"coordinator"},
        forbidden=OTHERS,
        kwargs=lambda world: {"pk": world.things["put_away"].pk},
        method="POST",
    ),
    "diagnostics:bank_copy": _own(method="POST"),
    "diagnostics:bank_picture": Entry(allowed={"coordinator"}, forbidden=OTHERS, kwargs=_picture),
    "diagnostics:bank_picture POST": Entry(
        allowed={"coordinator"}, forbidden=OTHERS, kwargs=_picture, method="POST", data=lambda world: {"alt": "Линия"}
    ),
    "diagnostics:item_picture": Entry(allowed={"coordinator"}, kwargs=_picture),
}
