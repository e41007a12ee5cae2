"""What the whole room lays on «My day»: numbers first, in one query; single lines only where something waits."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskLine, DeskSource, desk
from traektoria.diagnostics.findings.desk_lines import figures_line, lines_told
from traektoria.diagnostics.marking.registration import marking_line
from traektoria.diagnostics.problem_field.desk_numbers import Waits, waits_of
from traektoria.diagnostics.problem_field.registration import datasets_line, retold_line, talk_line, waiting_line
from traektoria.diagnostics.protocols.registration import lines_to_finish, lines_to_read
from traektoria.diagnostics.sittings.desk_lines import going_line, lines_of_works
from traektoria.people.actor import Actor


def desk_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """One query, and one more for each kind of things that wait."""
    now = timezone.now()
    waits = waits_of(actor, now)
    if waits.works:
        yield from lines_of_works(actor, today)
    if waits.suppositions:
        yield waiting_line(waits.suppositions)
    if waits.told:
        yield from lines_told(actor, now)
    if waits.to_discuss:
        yield talk_line(waits.to_discuss, waits.first_to_discuss)
    if waits.retold:
        yield retold_line(waits.retold, waits.first_retold, mine=waits.first_retold == actor.person_id)
    if waits.to_read:
        yield from lines_to_read(actor)
    if waits.to_mark:
        yield marking_line(waits.to_mark)
    if waits.to_finish:
        yield from lines_to_finish(actor)
    if waits.datasets:
        yield datasets_line(waits.datasets, waits.first_dataset)
    if waits.figures:
        yield figures_line(waits.figures, waits.first_figures)
    yield from _watched(waits)


def _watched(waits: Waits) -> Iterable[DeskLine]:
    if waits.centre.campaigns:
        yield going_line(waits.centre, "diagnostics:campaign_detail", _("you see participation only"))
    if waits.school.campaigns:
        yield going_line(waits.school, "diagnostics:campaign_school", _("teachers of your school"))


desk.add(DeskSource("diagnostics", 20, desk_lines))
