"""Tables of a room that are read and written by the worker where they are large (``core.errands``)."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.errands import Doing, Shown, ask, is_light
from traektoria.core.errors import Refused
from traektoria.core.guard import ActingPerson, fetch
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.typography import counted
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.imports import ASKED, PORTION, Planner, drafts_of
from traektoria.organisations.models import ImportDraft, TutorCentre
from traektoria.organisations.previews import keep_preview, preview_of
from traektoria.organisations.sheets import Column

LIGHT_BYTES: Final = 60_000
"""Some five hundred rows."""
BYTES_A_ROW: Final = 120


@dataclass(frozen=True)
class TableErrands:
    """``keep`` and ``write`` are actions of the room; ``page`` is the address of the preview."""

    slug: str
    kind: ImportKind
    columns: Sequence[Column]
    plan: Planner
    keep: Callable[..., ImportDraft]
    write: Callable[..., ImportDraft]
    page: str

    def register(self, order: int, *, reads: Any, writes: Any) -> None:
        errand_kinds.add(ErrandKind(self._reading, order, reads, LIGHT_BYTES, self.check, self._read))
        errand_kinds.add(ErrandKind(self._writing, order + 1, writes, PORTION, self.check, self._write))

    def reads_later(self, request: Any, file: Any, centre: TutorCentre) -> HttpResponse | None:
        """The page of the errand for a large file; None where it is read at once."""
        if is_light(self._reading, file.size):
            return None
        content = file.read()
        facts = {"centre": centre.pk, "name": file.name, "sha256": hashlib.sha256(content).hexdigest()}
        row = ask(self._reading, facts, by=request.actor, centre_id=centre.pk, source=content)
        return redirect("desk:errand_detail", row.pk)

    def checks_later(self, draft: ImportDraft, by: ActingPerson) -> HttpResponse | None:
        """The same for a table that is kept and whose columns were named just now."""
        if is_light(self._reading, len(draft.rows) * BYTES_A_ROW):
            return None
        row = ask(self._reading, self._of(draft), by=by, centre_id=draft.centre_id)
        return redirect("desk:errand_detail", row.pk)

    def writes_later(self, draft: ImportDraft, by: ActingPerson) -> HttpResponse | None:
        if draft.written_at or is_light(self._writing, len(draft.rows)):
            return None
        row = ask(self._writing, self._of(draft), by=by, centre_id=draft.centre_id)
        return redirect("desk:errand_detail", row.pk)

    def check(self, actor: ActingPerson, facts: dict[str, Any]) -> None:
        if facts["centre"] not in actor.centres("coordinator"):
            raise Refused(_("Only the coordinator of this centre does this."))

    @property
    def _reading(self) -> str:
        return f"{self.slug}_read"

    @property
    def _writing(self) -> str:
        return f"{self.slug}_write"

    def _of(self, draft: ImportDraft) -> dict[str, Any]:
        return {"centre": draft.centre_id, "draft": str(draft.pk), "name": draft.file_name}

    def _read(self, doing: Doing) -> Shown:
        draft = self._kept(doing)
        page = reverse(self.page, args=[draft.pk])
        if ASKED in draft.columns:
            return Shown(page, _("«%(file)s»: say which column is what.") % {"file": draft.file_name}, asks=True)
        keep_preview(draft, preview_of(draft, self.plan, self.columns))
        read = counted(len(draft.rows), "%(n)s row is read", "%(n)s rows are read")
        words = _("«%(file)s»: %(read)s. Check and write it down.") % {"file": draft.file_name, "read": read}
        return Shown(page, words, asks=True)

    def _kept(self, doing: Doing) -> ImportDraft:
        """The draft; a second attempt finds what the first one kept."""
        facts = doing.facts
        if "draft" in facts:
            return self._draft(doing)
        centre = TutorCentre.objects.get(pk=facts["centre"])
        return self.keep(source=doing.source(), file_name=facts["name"], centre=centre, by=doing.actor, token=doing.key)

    def _draft(self, doing: Doing) -> ImportDraft:
        return fetch(drafts_of(doing.actor, self.kind), pk=UUID(doing.facts["draft"]))

    def _write(self, doing: Doing) -> Shown:
        draft = self._draft(doing)
        draft = self.write(token=draft.pk, by=doing.actor, told=doing.progress)
        n = draft.outcome.get("added", 0) + draft.outcome.get("changed", 0)
        words = counted(n, "%(n)s row is written.", "%(n)s rows are written.")
        return Shown(reverse(self.page, args=[draft.pk]), words)
