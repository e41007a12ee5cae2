"""How much may be kept: room on the disk, and how much one person and one centre may attach.

Asked before the body of a request is read (``before_reading``, by ``core.middleware.BeforeReading``) and once more by
the action that keeps the file.
"""

import shutil
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.figures import MEGABYTE
from traektoria.core.installation.roots import UPLOADS, root
from traektoria.core.installation.sources import attached

LITTLE = 500_000_000
"""Free bytes under which no more files are taken: the database needs them."""
Handler = TypeVar("Handler", bound=Callable[..., Any])
Whose = Callable[..., "tuple[int, int] | None"]


def before_reading(whose: Whose) -> Callable[[Handler], Handler]:
    """Mark a view that takes files: ``whose(request, **kwargs)`` gives the ids of the person and the centre they will
    count for, or None where the view will refuse anyway."""

    def mark(view: Handler) -> Handler:
        view.whose_files = whose  # type: ignore[attr-defined]
        return view

    return mark


def counted_for(model: type[Model], *centre: str) -> Whose:
    """Who sends it, and the centre of the row that the address names (``pk`` or ``token``), by the first of the columns
    ``centre`` that is filled."""

    def whose(request: Any, **kwargs: Any) -> tuple[int, int] | None:
        person = request.actor.person_id if request.user.is_authenticated else None
        if person is None:
            return None
        lookup = {name: value for name, value in kwargs.items() if name in ("pk", "token")}
        found = model._default_manager.filter(**lookup).values_list(*centre).first() or ()
        return next(((person, one) for one in found if one), None)

    return whose


def check_announced(request: HttpRequest, view: Callable[..., Any], size: int, kwargs: dict[str, Any]) -> None:
    """Whether a body of so many bytes may be read for this view. Raises ``Invalid``."""
    check_disk(size)
    whose: Whose | None = getattr(view, "whose_files", None)
    found = whose(request, **kwargs) if whose else None
    if found:
        check_quota(person_id=found[0], centre_id=found[1], size=size)


def check_disk(size: int) -> None:
    """Raises ``Invalid`` where the disk would have too little room left."""
    if shutil.disk_usage(settings.DATA).free < LITTLE + size:
        words = _("There is little room left on the server: files are not taken now. Tell the administrator.")
        raise Invalid(words, code="little_room")


def check_quota(*, person_id: int, centre_id: int, size: int) -> None:
    """Whether the person, and the centre, may attach so many bytes more. Raises ``Invalid`` with what to do."""
    own = _bytes_of(person_id=person_id)
    if own + size > settings.EVIDENCE_OF_PERSON:
        words = _(
            "Together with this file you would have attached more than %(limit)s MB (%(own)s MB now). "
            "Take away what is not needed, or give a link."
        )
        told = {"limit": settings.EVIDENCE_OF_PERSON // MEGABYTE, "own": own // MEGABYTE}
        raise Invalid(words % told, code="quota_of_person")
    if _bytes_of(centre_id=centre_id) + size > settings.EVIDENCE_OF_CENTRE:
        words = _("The centre has attached all it may (%(limit)s MB). Give a link, and tell the coordinator.")
        raise Invalid(words % {"limit": settings.EVIDENCE_OF_CENTRE // MEGABYTE}, code="quota_of_centre")


def _bytes_of(**whose: int) -> int:
    """Bytes on the disk of all files that rooms keep as attached."""
    names = {name for each in attached for name in each.names(**whose) if name}
    paths = (root(UPLOADS).path / name for name in names)
    return sum(path.stat().st_size for path in paths if path.is_file())
