"""Pictures that are sent with the form of an item: held until the item is saved, so that a mistake loses nothing."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.text import squash
from traektoria.diagnostics.bank.actions.items import NewPicture
from traektoria.diagnostics.items.markup import REFERENCE
from traektoria.engines.pixels import is_too_large
from traektoria.engines.questionbanks.pictures import clean_name, media_type
from traektoria.people.actor import Actor
from traektoria.results import waiting_files

LIMIT: Final = 5 * 2**20
ACCEPT: Final = ".png,.jpg,.jpeg,.gif,.webp"
MOST: Final = 20
_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True)
class Held:
    """A picture that waits for the item to be saved."""

    token: str
    name: str
    alt: str

    @property
    def reference(self) -> str:
        return REFERENCE + self.name


def read_held(post: QueryDict) -> list[Held]:
    """The pictures that the form carries with it."""
    number = post.get("held-n", "")
    places = range(min(int(number[:2]), MOST) if number.isdecimal() else 0)
    return [Held(*(squash(post.get(f"held-{at}-{name}", "")) for name in ("token", "name", "alt"))) for at in places]


def hold(file: Any, alt: str, taken: set[str], *, centre_id: int, by: Actor) -> Held:
    """Check an uploaded picture by its content and keep it for a day. Raises ``Invalid`` with what to do."""
    if file.size > LIMIT:
        raise Invalid(_("The picture is larger than 5 MB. Save it smaller and add it again."), code="picture_too_large")
    data = file.read()
    kind = media_type(data)
    if not kind:
        raise Invalid(
            _("This is not a picture that is shown here. Save it as PNG, JPEG, GIF or WebP and add it again."),
            code="not_a_picture",
        )
    if is_too_large(data):
        raise Invalid(
            _("The picture has too many pixels. Save it smaller, up to 8000 by 8000, and add it again."),
            code="too_many_pixels",
        )
    name = _free(file.name, _ENDINGS[kind], taken)
    token = waiting_files.keep(data, name, centre_id=centre_id, by=by)
    return Held(str(token), name, squash(alt)[:500])


def _free(name: str, ending: str, taken: set[str]) -> str:
    """A name of one word that no picture of the item has."""
    stem = "-".join(clean_name(PurePath(name).stem).split()).replace("(", "").replace(")", "")[:60] or "picture"
    names = (f"{stem}{number}.{ending}" for number in ["", *(f"-{at}" for at in range(2, 100))])
    return next(found for found in names if found not in taken)


def taken_from(held: list[Held], by: Actor) -> list[NewPicture]:
    """The pictures with their bytes. Raises ``Invalid`` for one that waited longer than a day."""
    return [_new(one, by) for one in held]


def _new(held: Held, by: Actor) -> NewPicture:
    try:
        data = waiting_files.take(UUID(held.token), by).content
    except (Http404, ValueError) as gone:
        words = _("The picture “%(name)s” waited too long. Add it again.") % {"name": held.name}
        raise Invalid(words, code="picture_gone") from gone
    return NewPicture(held.name, media_type(data), data, held.alt)
