"""What of an analysis is published: the figures as they may be shown, and who is behind them."""

from collections.abc import Iterable
from typing import Any

from traektoria.diagnostics.findings.analysis.disclosed_items import shown_work
from traektoria.diagnostics.findings.analysis.disclosed_survey import shown_survey
from traektoria.diagnostics.findings.analysis.disclosed_topics import Crowd, topic_figures
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet
from traektoria.diagnostics.findings.analysis.topics import TopicResult

Figures = dict[str, Any]


def publication_of(sheet: ScoreSheet, figures: Figures, found: Iterable[TopicResult], least: int) -> Figures | None:
    """The figures as they may be shown; None of fewer than ``least`` people, typed-in sheets not counted."""
    crowd = Crowd.of(sheet, least)
    if not crowd.is_enough(range(len(sheet.rows))):
        return None
    return {
        "schema": figures["schema"],
        "people": figures["people"],
        "waiting": figures["waiting"],
        "least": least,
        **shown_work(sheet, figures, crowd),
        "topics": topic_figures(sheet, found, crowd),
        "survey": shown_survey(sheet, figures["survey"], crowd),
    }
