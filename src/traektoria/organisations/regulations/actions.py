"""Writes of the regulation: adopted from a preset, changed in a draft, approved; a version in force is never edited.

What began under an older version stays under it: nothing here rewrites anything but the draft.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.guard import ActingPerson
from traektoria.core.shared_forms import stamp
from traektoria.core.text import squash
from traektoria.core.typography import ru_day
from traektoria.core.workflow import move
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.organisations.regulations.contents import content_of, preset, printed_names, rules_of
from traektoria.organisations.regulations.difference import kept
from traektoria.organisations.regulations.errors import Problem, said
from traektoria.organisations.regulations.parts import KEPT
from traektoria.organisations.regulations.queries import draft_of, latest_approved
from traektoria.organisations.regulations.schema import Rules
from traektoria.organisations.regulations.shapes import Content, keeping, slugs_of
from traektoria.organisations.regulations.workflow import check_keeps_regulation, regulation_workflow


@transaction.atomic
def adopt_preset(
    *, centre: TutorCentre, name: str, start: date, basis: str = "", by: ActingPerson | None
) -> Regulation:
    """The first version of a centre's regulation, in force from ``start``: the preset as it is. Side effect: an audit
    event. Raises ``KeyError`` for an unknown preset."""
    draft = Regulation.objects.create(centre=centre, number=1, preset=name, content=content_of(preset(name)))
    changes = {
        "start": start,
        "basis": squash(basis),
        "approved_at": timezone.now(),
        "approved_by_id": getattr(by, "account_id", None),
        "printed": printed_names(centre),
    }
    return move(regulation_workflow, draft, "approve", by=by, changes=changes, facts={"preset": name})


@transaction.atomic
def begin_draft(*, centre: TutorCentre, by: ActingPerson) -> Regulation:
    """The draft of the next version, a copy of the last approved one; the draft that is there is returned as it is."""
    _lock(centre.pk)
    base = latest_approved(centre.pk)
    check_keeps_regulation(by, base)
    have = draft_of(centre.pk)
    if have:
        return have
    draft = Regulation.objects.create(
        centre=centre, number=base.number + 1, preset=base.preset, content=base.content
    )  # fmt: skip
    audit.record("regulation.begin", draft, by=by, base=base.number)
    return draft


@transaction.atomic
def discard_draft(*, regulation: Regulation, by: ActingPerson) -> None:
    """Forget the draft with everything in it. Raises ``Conflict`` when it is approved or gone."""
    draft = open_draft(regulation, by)
    audit.record("regulation.discard", draft, by=by, number=draft.number)
    draft.delete()


@transaction.atomic
def restart_draft(*, regulation: Regulation, name: str, by: ActingPerson) -> Regulation:
    """Write the draft anew from a preset. What was in force before and is not in the preset is kept as archived."""
    draft = open_draft(regulation, by)
    base = latest_approved(draft.centre_id)
    draft.content = checked(keeping(base.content, content_of(preset(name))))
    draft.preset = name
    draft.save(update_fields=["content", "preset", "updated_at"])
    audit.record("regulation.restart", draft, by=by, preset=name)
    return draft


@transaction.atomic
def approve_draft(
    *, regulation: Regulation, start: date, basis: str, reason: str = "", seen: str = "", by: ActingPerson
) -> Regulation:
    """Put the draft in force from ``start`` by the document ``basis``; the same press again changes nothing.

    ``seen`` is the mark of the content that was checked. Raises ``Invalid`` (date, document, lost rows) and
    ``Conflict`` (approved otherwise, gone, changed since it was checked).
    """
    basis, reason = squash(basis), squash(reason)
    _lock(regulation.centre_id)
    have = Regulation.objects.filter(pk=regulation.pk, state=RegulationState.APPROVED).first()
    if have and (have.start, have.basis) == (start, basis):
        return have
    draft = open_draft(regulation, by)
    if seen and seen != stamp(draft.content):
        raise Conflict(
            _("The draft was changed while you were checking it. Look at the changes once more."), code="changed"
        )
    _check_approvable(draft, start, basis)
    changes = {
        "start": start, "basis": basis, "reason": reason, "approved_at": timezone.now(),
        "approved_by_id": by.account_id, "printed": printed_names(draft.centre),
    }  # fmt: skip
    return move(regulation_workflow, draft, "approve", by=by, changes=changes, facts={"start": start.isoformat()})


def _check_approvable(draft: Regulation, start: date, basis: str) -> None:
    last = latest_approved(draft.centre_id)
    if not basis:
        raise Invalid(_("Say by which document the regulation is approved."), code="no_basis")
    if start < timezone.localdate():
        raise Invalid(_("A regulation comes into force today or later: what has begun is not changed."), code="past")
    if last.start and start < last.start:
        raise Invalid(
            _("The version before this one is in force from %(day)s: choose that day or a later one.")
            % {"day": ru_day(last.start)},
            code="before_latest",
        )
    lost = kept(rules_of(last), Rules.model_validate(checked(draft.content)))
    if lost:
        raise Invalid(" ".join(lost), code="rows_lost")


def open_draft(regulation: Regulation, by: ActingPerson) -> Regulation:
    """The locked draft. Raises ``Refused`` for those who do not keep it, ``Conflict`` when it is approved or gone."""
    _lock(regulation.centre_id)
    check_keeps_regulation(by, regulation)
    draft = Regulation.objects.select_for_update(no_key=True).filter(pk=regulation.pk).first()
    if draft is None:
        raise Conflict(_("This draft is gone: somebody has discarded it."), code="draft_gone")
    if draft.state != RegulationState.DRAFT:
        raise Conflict(_("This version is approved already and is not changed any more."), code="approved")
    return draft


def _lock(centre_id: int) -> None:
    """Drafts and approvals of one centre come one after another."""
    TutorCentre.objects.select_for_update(no_key=True).filter(pk=centre_id).values_list("pk").first()


class NotARegulation(Invalid):
    """The schema refuses the content; ``problems`` say where and why, the sentence is the first of them."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(f"{first.place}: {first.sentence}" if first.place else first.sentence, code="not_a_regulation")
        self.problems = problems


def checked(content: Content) -> Content:
    """The content as the schema would keep it. Raises ``NotARegulation``."""
    try:
        return content_of(Rules.model_validate(content, context=KEPT))
    except ValidationError as error:
        raise NotARegulation(said(error, content)) from error


def check_rows_kept(draft: Regulation, content: Content) -> None:
    """Rows that have been in force stay, archived or not. Raises ``Invalid``."""
    lost = set(slugs_of(latest_approved(draft.centre_id).content)) - set(slugs_of(content))
    if lost:
        raise Invalid(_("What has been in force is not deleted: put it into the archive."), code="rows_lost")
