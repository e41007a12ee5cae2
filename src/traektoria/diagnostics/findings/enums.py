"""What may be said of a topic, and by which rule it was counted."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.TextChoices):
    """What may be said of a topic (``engines.deficits.mastery``)."""

    EXPRESSED = "expressed", _("expressed")
    POSSIBLE = "possible", _("possible")
    NO_GROUNDS = "no_grounds", _("no grounds")
    LITTLE_DATA = "little_data", _("little data")


ASKED_TASKS = 3
"""Figures of this schema and later speak of the tasks that were asked, and «expressed» keeps its promise there
(docs/adr/0029); earlier ones spoke of very many such tasks. What was counted then stays as it is."""


def of_asked_tasks(figures: Mapping[str, Any]) -> bool:
    """Whether an analysis, what is published of it, or the evidence of a supposition is of ``ASKED_TASKS``."""
    return bool(figures.get("schema", 0) >= ASKED_TASKS)
