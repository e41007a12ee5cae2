"""Lesson calendars (КТП) that were brought to an audit, as they were read."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON
from traektoria.people.enums import Subject
from traektoria.people.models import Person


class LessonCalendar(models.Model):
    """What a calendar of one subject and class says, what does not agree in it, and which hard topics are met in it:
    all counted once, when it was brought, and never changed. The file is kept nowhere, nor are its name and the names
    of its sheets: «Иванова 7А».

    ``calendar``, ``odd`` and ``topics`` are ``kept_calendar``; ``said`` holds the auditor's «yes» or «no» by the key of
    a topic, and by «odd-3», «topic-…» the number of the criterion to which it was put. ``token`` is that of the press.
    ``by_school``: the school brought it, and reads it before the act is signed.
    """

    token = models.UUIDField(unique=True, default=uuid4, editable=False)
    audit = models.ForeignKey("planning.Audit", on_delete=models.CASCADE, related_name="lesson_calendars")
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    grade = models.PositiveSmallIntegerField(_("grade"))
    letter = models.CharField(_("letter of the class"), max_length=4, blank=True)
    rows = models.PositiveSmallIntegerField(_("rows"))
    hours = models.DecimalField(_("hours"), max_digits=7, decimal_places=2)
    odd_count = models.PositiveSmallIntegerField(default=0)
    calendar = KeptJSON(default=dict, shape=dict[str, Any])
    odd = KeptJSON(default=list, shape=list[Any])
    topics = KeptJSON(default=list, shape=list[Any])
    said = KeptJSON(default=dict, shape=dict[str, str])
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_school = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("lesson calendar of an audit")
        ordering = ["grade", "letter", "subject", "pk"]

    def __str__(self) -> str:
        return capfirst(f"{self.get_subject_display()}, {self.class_name}")

    @property
    def class_name(self) -> str:
        """«7», «7 А»."""
        return f"{self.grade} {self.letter}".strip()
