"""Words of the room: what each code of the engine means for people. Tests hold that none is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from traektoria.engines.disclosure import MINIMUM
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
    "sheet_hidden": (_("Hidden sheet"), _("Not read: nobody sees it in the file.")),
    "sheet_other_columns": (_("Sheet with other columns"), _("Not read: it does not go on with the table.")),
    "sheet_example": (_("Sheet with examples"), _("Not read: its rows are made up.")),
    "heading_row": (_("Headings once more"), _("The row repeats the headings and is no participant.")),
    "numbers_row": (_("Row of numbers"), _("The row numbers the columns and is no participant.")),
    "total_row": (_("Row of totals"), _("The row speaks of the whole class or file and is no participant.")),
    "signature_row": (_("Signature or note"), _("The row is no participant.")),
    "date_heading": (
        _("Heading that became a date"),
        _("Excel made a date of the number of a task; we read the number as it was typed."),
    ),
    "odd_byte": (
        _("Damaged letter"),
        _("A byte of the file is no letter in its encoding; it is shown as �. Look at this cell in the file."),
    ),
    "plus_minus": (_("Plus and minus"), _("«+» counts as 1 point, a dash beside it as 0.")),
    "not_started": (_("Not started"), _("«X» in either alphabet: counted as 0 points.")),
    "not_covered": (_("Topic not covered"), _("«не пройд.»: the pupil is left out of this task.")),
    "absent": (_("Absent"), _("The pupil did not sit the work and is left out.")),
    "unreadable": (_("Cell not understood"), _("Kept as written; the cell is left out of the task.")),
    "over_maximum": (_("Above the maximum"), _("More points than the task gives; the cell is left out.")),
    "missing": (_("Empty cell"), _("No score and no mark of absence; the cell is left out.")),
    "total_mismatch": (
        _("Total differs from the sum"),
        _("One of the two counts in all tables, the page of the results says which; the other is kept beside."),
    ),
    "total_missing": (_("No total"), _("Stated totals count here, so the pupil is left out of all tables.")),
    "total_over_maximum": (_("Total above the maximum"), _("More points than the whole work gives.")),
    "no_journal_mark": (_("No mark of the journal"), _("Left out of the comparison with the journal.")),
    "journal_mark_unreadable": (_("Mark of the journal not understood"), _("Kept as written, not compared.")),
    "mark_mismatch": (_("Mark differs from the scale"), _("The file states another mark than the scale gives.")),
    "repeated_participant": (_("Repeated participant"), _("The same code twice in one school: both are counted.")),
    "class_missing": (_("No class"), _("Counted for the school; among the classes in a line of its own.")),
    "class_spelling": (_("One class written in several ways"), _("It is one class in the tables, in one spelling.")),
    "school_missing": (_("No school"), _("Counted for the municipality only.")),
    "task_count_mismatch": (
        _("Other number of tasks"),
        _("Differs from the published specification, so its maxima are not used."),
    ),
    "scale_mismatch": (_("Other maximum"), _("Differs from the published scale, so no marks are given.")),
    "condition_without_tasks": (
        _("Tasks of the scale are not in the file"),
        _("A condition of the scale names tasks that the file does not have, so no marks are given."),
    ),
    "condition_unread": (
        _("Mark not certain"),
        _("A condition of the scale decides the mark, and its tasks could not be read: the pupil has no mark."),
    ),
    "no_task": (_("Column that is no task"), _("Most of its cells are no scores; it is left out.")),
    "repeated_task": (_("Repeated task"), _("Two columns have one name; they are told apart by their order.")),
    "stray_value": (_("Value outside the tasks"), _("Stands in a spare column; not used.")),
    "formula": (
        _("Formula not computed"),
        _("The file holds a formula without its value; we sum the tasks ourselves."),
    ),
    "maximum_observed": (_("Maximum taken from the scores"), _("The file and the specification do not state it.")),
}
COLUMNS: Mapping[str, Promise] = {
    "task": _("task of the work"),
    "participant": _("code of the pupil"),
    "number": _("number of the pupil in the list"),
    "person": _("name of the pupil (not kept)"),
    "class_name": _("class"),
    "school": _("code or login of the school"),
    "school_name": _("name of the school"),
    "variant": _("variant"),
    "total": _("total of points"),
    "mark": _("mark for the work"),
    "journal": _("mark of the journal"),
    "sex": _("sex of the pupil"),
}
"""What a column of results can be; the first word of a role of the engine."""
FIELDS: Mapping[str, Promise] = {
    "procedure": _("Procedure"),
    "year": _("Year"),
    "subject": _("Subject"),
    "grade": _("Grade"),
    "school": _("School"),
    "basis": _("Which points count"),
}
BASES: Mapping[str, Promise] = {
    "stated": _("the total as the file states it"),
    "sum": _("the sum of the points for the tasks"),
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
MARKED: Mapping[str, Promise] = {
    "marked": _("marks are given by the new scale"),
    "kept": _("marks stay as they were: beside what readers have seen, the new ones would tell about a few pupils"),
    "other_maximum": _("no marks: the work of this file has another highest score"),
    "no_tasks": _("no marks: the file does not have the tasks of a condition"),
    "lost": _("nothing has changed: the figures of this file can't be read"),
    "published": _("marks are given by the published scale again"),
    "stated": _("marks are those of the file again"),
    "unmarked": _("there are no marks again: we know no other scale of this work"),
    "forgotten": _("marks stay as they were: those of the file are not kept. Load the file once more"),
}
HIDDEN = _("hidden")
"""The one word for every figure that is not shown: a reason would tell a small group from the one that covers it."""
NOTES: Mapping[Note, Promise] = {
    Note.INFORMATIVE: _("50 participants and more: conclusions hold"),
    Note.APPROXIMATE: _("20–49 participants: conclusions are approximate"),
    Note.LIMITED: format_lazy(_("{least}–19 participants: look with care"), least=MINIMUM),
    Note.SUPPRESSED: HIDDEN,
}
TASK_LEVELS: Mapping[TaskLevel, Promise] = {
    TaskLevel.BASIC: _("basic level"),
    TaskLevel.ADVANCED: _("advanced level"),
    TaskLevel.HIGH: _("high level"),
}
