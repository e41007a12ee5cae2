"""Who is behind each published figure, so that the next publication can't be subtracted from an earlier one.

A person is compared by a seal of what they answered: somebody who answered differently is somebody else. A withdrawal
erases the seal with the answers and leaves the number: that the person was counted once.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from traektoria.diagnostics.findings.analysis.disclosed_topics import rows_with
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet
from traektoria.diagnostics.findings.analysis.topics import TopicResult
from traektoria.diagnostics.findings.enums import Finding
from traektoria.diagnostics.items.kinds.protocol import Marked
from traektoria.engines.disclosure import DisclosedTable, is_safe_together, stays_hidden

Figures = dict[str, Any]
Seals = dict[str, str]
"""«» seals everything that the machine marks; a task marked by people has its own, by its version; ``TOLD`` seals the
conclusions on topics, which can change with the answers of others."""
ALL, TOLD, TOPIC = "", "told", "topic "


@dataclass(frozen=True)
class Membership:
    """``seals`` by participant; ``known``: those whose sheets a coordinator typed in; ``figures``: measure → tables of
    participants with what is shown of them."""

    seals: Mapping[int, Seals]
    known: frozenset[int]
    figures: Mapping[str, tuple[DisclosedTable, ...]]

    def tables(self, measure: str) -> list[DisclosedTable]:
        """Those of a measure, each person with the seal of what they said there."""
        found = self.figures.get(measure, ())
        return [
            DisclosedTable(frozenset((one, self._seal(one, measure)) for one in own.people), own.counts)
            for own in found
        ]

    def _seal(self, participant: int, measure: str) -> str:
        own = self.seals[participant]
        return own.get(ALL, "") + own.get(TOLD if measure.startswith(TOPIC) else measure, "")

    def as_json(self) -> Figures:
        """People as bits in the order of the participants."""
        order = sorted(self.seals)
        places = {one: place for place, one in enumerate(order)}
        return {
            "people": [[one, self.seals[one]] for one in order],
            "known": sorted(self.known),
            "figures": {
                measure: [[f"{sum(1 << places[one] for one in own.people):x}", dict(own.counts)] for own in tables]
                for measure, tables in self.figures.items()
            },
        }

    @classmethod
    def read(cls, kept: Figures) -> "Membership":
        order = [one for one, _seals in kept["people"]]
        figures = {
            measure: tuple(DisclosedTable(_people(int(bits, 16), order), counts) for bits, counts in tables)
            for measure, tables in kept["figures"].items()
        }
        return cls(dict(kept["people"]), frozenset(kept["known"]), figures)


def _people(bits: int, order: list[int]) -> frozenset[int]:
    return frozenset(one for place, one in enumerate(order) if bits >> place & 1)


def membership_of(sheet: ScoreSheet, shown: Figures, found: Iterable[TopicResult]) -> Membership:
    """Of what is going to be shown (``publication.publication_of``)."""
    told: dict[int, list[tuple[str, str]]] = {}
    for one in found:
        told.setdefault(one.row, []).append((one.topic, one.finding))
    participants = [row.participant for row in sheet.rows]
    figures = {
        measure: tuple(
            DisclosedTable(frozenset(participants[row] for row in rows), counts) for rows, counts in tables if rows
        )
        for measure, tables in _figures(sheet, shown).items()
    }
    known = frozenset(row.participant for row in sheet.rows if row.on_paper)
    seals = {row.participant: _seals(sheet, place, told.get(place, [])) for place, row in enumerate(sheet.rows)}
    return Membership(seals, known, figures)


def may_follow(new: Membership, earlier: Iterable[Membership], least: int) -> bool:
    """Tell whether the new figures and all that were ever shown speak together of no fewer than ``least`` people, and
    narrow down no number that is hidden."""
    states = [new, *earlier]
    measures = sorted({measure for state in states for measure in state.figures})
    if not all(_apart(states, measure, least) for measure in measures):
        return False
    tables = ([one for state in states for one in state.tables(measure)] for measure in measures)
    return len(states) == 1 or all(stays_hidden(found, minimum=least) for found in tables)


def _apart(states: Iterable[Membership], measure: str, least: int) -> bool:
    sets = [(state, one.people) for state in states for one in state.tables(measure)]
    known = {(one, seal) for state, people in sets for one, seal in people if one in state.known}
    return is_safe_together([people for _state, people in sets], known=known, minimum=least)


def without(kept: Figures, participant: int) -> Figures:
    """The same without what the seals of one participant were made of: they are never equal to anything again."""
    people = [[one, {} if one == participant else seals] for one, seals in kept["people"]]
    return {**kept, "people": people}


Rows = list[int]
Counts = Mapping[str, int | None]


def _figures(sheet: ScoreSheet, shown: Figures) -> dict[str, list[tuple[Rows, Counts]]]:
    """Rows behind every figure. A task or a question is a measure of its own, a topic one with all and with schools."""
    found: dict[str, list[tuple[Rows, Counts]]] = {ALL: [(list(range(len(sheet.rows))), {})]}
    for form, own in shown["forms"].items():
        if not own["few"]:
            found[f"form {form}"] = [(sheet.of_form(form)[0], {})]
    for one in shown["items"]:
        found.setdefault(str(one["version"]), []).append((sheet.of_form(one["form"])[0], one["parts"]))
    places = {column.version: place for place, column in enumerate(sheet.columns)}
    for one in shown["survey"]["questions"]:
        found |= _of_question(sheet, places[one["version"]], one)
    for line in shown["topics"]["lines"]:
        found[f"{TOPIC}{line['topic']}"] = _of_topic(sheet, shown["topics"], line)
    return found


def _of_question(sheet: ScoreSheet, place: int, one: Figures) -> dict[str, list[tuple[Rows, Counts]]]:
    """Where several may be ticked, each option is a measure of its own."""
    if not one["enough"]:
        return {}
    asked, key = rows_with(sheet, place), str(one["version"])
    steps = {str(at): count for at, count in enumerate(one["counts"])}
    if one["excludes"]:
        return {key: [(asked, {**steps, "silent": one["silent"]})]}
    apart = {**steps, "other": one["other"], "silent": one["silent"]}
    return {f"{key} {name}": [(asked, _yes_no(n, len(asked)))] for name, n in apart.items()}


def _yes_no(count: int | None, people: int) -> Counts:
    return {"yes": count, "no": None if count is None else people - count}


def _of_topic(sheet: ScoreSheet, topics: Figures, line: Figures) -> list[tuple[Rows, Counts]]:
    rows = _with_topic(sheet, line["topic"])
    (cells,) = (one["cells"] for one in topics["map"]["rows"] if one["topic"] == line["topic"])
    hidden: Counts = dict.fromkeys(line["counts"])
    schools = [
        ([row for row in rows if sheet.rows[row].school == school], {**hidden, Finding.EXPRESSED.value: cell[0]})
        for school, cell in zip(topics["map"]["schools"], cells, strict=True)
        if cell
    ]
    whole = any(count is not None for count in line["counts"].values())
    return [*([(rows, line["counts"])] if whole else []), *schools]


def _with_topic(sheet: ScoreSheet, topic: str) -> list[int]:
    forms = {form for column in sheet.columns if column.topic == topic and column.judged for form in column.places}
    return [place for place, row in enumerate(sheet.rows) if row.form in forms]


def _seals(sheet: ScoreSheet, row: int, told: Iterable[tuple[str, str]]) -> Seals:
    """Of the answers and points of one person, and of what was concluded."""
    by_hand = {place for place, column in enumerate(sheet.columns) if column.content.marked is Marked.BY_PEOPLE}
    said = {
        place: [sheet.values.get((row, place)), str(sheet.scores[row, place])] for place in range(len(sheet.columns))
    }
    machine = [[place, said[place]] for place in said if place not in by_hand]
    own = {str(sheet.columns[place].version): _seal(sheet, row, said[place]) for place in sorted(by_hand)}
    whole = _seal(sheet, row, [sheet.rows[row].form, sheet.rows[row].school, machine])
    return {ALL: whole, TOLD: _seal(sheet, row, sorted(told)), **own}


def _seal(sheet: ScoreSheet, row: int, said: Any) -> str:
    text = json.dumps([sheet.rows[row].participant, said], ensure_ascii=False, sort_keys=True)
    return salted_hmac("diagnostics.membership", text, algorithm="sha256").hexdigest()[:16]
