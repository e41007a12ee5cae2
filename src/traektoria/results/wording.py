"""Words of the room: what each code of the engine means for people. Tests hold that none is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from traektoria.engines.disclosure import Reason
from traektoria.engines.results.tables import By, Note, TaskLevel, Zone
from traektoria.results.tables import TableKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

LAYOUTS: Mapping[str, Promise] = {
    "region_2021": _("regional export of 2021"),
    "region_2020": _("regional export of 2020"),
    "f1_individual": _("Ф1 «Individual results»"),
    "collection_form_2022": _("collection form of 2022"),
    "collection_form_2026": _("collection form of 2026"),
    "base_form": _("collection form of a school"),
    "f3_marks": _("Ф3 «Statistics of marks»"),
    "journal_comparison": _("comparison with the journal"),
    "plain": _("plain table"),
}
DIRT: Mapping[str, tuple[Promise, Promise]] = {
    "not_started": (_("Not started"), _("«X» in either alphabet: counted as 0 points.")),
    "not_covered": (_("Topic not covered"), _("«не пройд.»: the pupil is left out of this task.")),
    "absent": (_("Absent"), _("The pupil did not sit the work and is left out.")),
    "unreadable": (_("Cell not understood"), _("Kept as written; the cell is left out of the task.")),
    "over_maximum": (_("Above the maximum"), _("More points than the task gives; the cell is left out.")),
    "missing": (_("Empty cell"), _("No score and no mark of absence; the cell is left out.")),
    "total_mismatch": (
        _("Total differs from the sum"),
        _("The total as stated counts; the sum of tasks is kept beside."),
    ),
    "total_missing": (_("No total"), _("The pupil is left out of marks and scores.")),
    "total_over_maximum": (_("Total above the maximum"), _("More points than the whole work gives.")),
    "no_journal_mark": (_("No mark of the journal"), _("Left out of the comparison with the journal.")),
    "journal_mark_unreadable": (_("Mark of the journal not understood"), _("Kept as written, not compared.")),
    "mark_mismatch": (_("Mark differs from the scale"), _("The file states another mark than the scale gives.")),
    "repeated_participant": (_("Repeated participant"), _("The same code twice in one school: both are counted.")),
    "class_missing": (_("No class"), _("Counted for the school; among the classes in a line of its own.")),
    "school_missing": (_("No school"), _("Counted for the municipality only.")),
    "task_count_mismatch": (
        _("Other number of tasks"),
        _("Differs from the published specification, so its maxima are not used."),
    ),
    "scale_mismatch": (_("Other maximum"), _("Differs from the published scale, so no marks are given.")),
    "repeated_task": (_("Repeated task"), _("Two columns have one name; they are told apart by their order.")),
    "stray_value": (_("Value outside the tasks"), _("Stands in a spare column; not used.")),
    "formula": (
        _("Formula not computed"),
        _("The file holds a formula without its value; we sum the tasks ourselves."),
    ),
    "maximum_observed": (_("Maximum taken from the scores"), _("The file and the specification do not state it.")),
}
FIELDS: Mapping[str, Promise] = {
    "procedure": _("Procedure"),
    "year": _("Year"),
    "subject": _("Subject"),
    "grade": _("Grade"),
    "school": _("School"),
}
SOURCES: Mapping[str, Promise] = {
    "override": _("you said so"),
    "title": _("from the heading of the file"),
    "sheet": _("from the name of the sheet"),
    "other_sheet": _("from another sheet"),
    "filename": _("from the name of the file"),
    "textbook": _("from the textbook"),
    "codes": _("from the codes of participants"),
    "participant_codes": _("from the codes of participants"),
    "class_names": _("from the names of classes"),
    "upload_date": _("from the day of the upload"),
    "groups": _("from the groups of the export"),
    "layout": _("from the kind of the file"),
    "structure": _("from the number of tasks"),
}
TABLES: Mapping[TableKind, Promise] = {
    TableKind.COMPLETION: _("Tasks"),
    TableKind.MARKS: _("Marks"),
    TableKind.JOURNAL: _("Against the journal"),
    TableKind.PRIMARY: _("Scores"),
}
LEVELS: Mapping[By, Promise] = {
    By.REGION: _("Region"),
    By.MUNICIPALITY: _("Municipality"),
    By.SCHOOL: _("School"),
    By.CLASS: _("Class"),
}
BY_LEVELS: Mapping[By, Promise] = {
    By.REGION: _("whole file"),
    By.MUNICIPALITY: _("by municipalities"),
    By.SCHOOL: _("by schools"),
    By.CLASS: _("by classes"),
}
ZONES: Mapping[Zone, Promise] = {
    Zone.ENOUGH: _("enough"),
    Zone.BORDER: _("on the border"),
    Zone.NOT_ENOUGH: _("below enough"),
    Zone.NONE: _("level not known"),
}
ZONE_CHIPS: Mapping[Zone, str] = {
    Zone.ENOUGH: "success",
    Zone.BORDER: "warning",
    Zone.NOT_ENOUGH: "danger",
    Zone.NONE: "neutral",
}
NOTES: Mapping[Note, Promise] = {
    Note.INFORMATIVE: _("50 participants and more: conclusions hold"),
    Note.APPROXIMATE: _("20–49 participants: conclusions are approximate"),
    Note.LIMITED: _("10–19 participants: look with care"),
    Note.SUPPRESSED: _("fewer than 10 participants: not shown"),
}
REASONS: Mapping[Reason, Promise] = {
    Reason.SMALL: _("fewer than 10"),
    Reason.COMPLEMENT: _("hidden to protect a small group"),
    Reason.PARENT: _("hidden with the wider group"),
}
TASK_LEVELS: Mapping[TaskLevel, Promise] = {
    TaskLevel.BASIC: _("basic level"),
    TaskLevel.ADVANCED: _("advanced level"),
    TaskLevel.HIGH: _("high level"),
}
