"""What is drafted for which deficits: each has its own step, and one visit or lesson serves several."""

import pytest

from traektoria.routes.route.draft_rules import MOST_TOGETHER, SEVERAL, Deficit, draft_lines, evenly, rules


def deficits(*said: tuple[str, str]) -> list[Deficit]:
    return [Deficit(number, block, strength, f"Тема {number}") for number, (block, strength) in enumerate(said, 1)]


def test_one_deficit_has_all_its_steps_and_the_closing() -> None:
    lines = draft_lines(deficits(("subject", "strong")))
    assert [line.hypothesis_id for line in lines] == [1, 1, 1, None]
    assert len({line.task for line in lines}) == 4


def test_three_deficits_share_the_visit_and_the_lesson() -> None:
    lines = draft_lines(deficits(*[("subject", "strong")] * 3))
    assert [line.hypothesis_id for line in lines] == [1, 2, 3, None, None, None]
    assert [line.deficit for line in lines[3:5]] == [SEVERAL.join(f"Тема {number}" for number in (1, 2, 3))] * 2
    assert len({line.task for line in lines}) == len(lines)


@pytest.mark.parametrize("number", range(1, 13))
@pytest.mark.parametrize("strength", ["strong", "moderate", "weak", ""])
def test_nothing_is_asked_twice_more_than_it_must_be(number: int, strength: str) -> None:
    """Every topic is in each step that its rules ask for; a shared step holds three topics at most."""
    for block in ("subject", "methodical", "psych_ped", "communication"):
        lines = draft_lines(deficits(*[(block, strength)] * number))
        assert {line.hypothesis_id for line in lines} >= set(range(1, number + 1))
        assert all(line.deficit.count(SEVERAL) < MOST_TOGETHER for line in lines)
        by_task: dict[str, list[str]] = {}
        for line in lines[:-1]:
            by_task.setdefault(line.task, []).extend(line.deficit.split(SEVERAL))
        shared = [topics for topics in by_task.values() if len(topics) > 1]
        assert all(sorted(topics) == sorted(set(topics)) for topics in shared)
        assert all(lines[:-1].count(line) == 1 for line in lines[:-1])


def test_deficits_of_different_kinds_share_nothing() -> None:
    lines = draft_lines(deficits(("subject", "strong"), ("methodical", "strong")))
    assert not any(SEVERAL in line.deficit for line in lines)


def test_strengths_share_what_is_the_same() -> None:
    lines = draft_lines(deficits(("subject", ""), ("subject", "moderate"), ("subject", "moderate")))
    assert sum(SEVERAL in line.deficit for line in lines) == 1


def test_every_step_without_a_topic_can_be_shared() -> None:
    """A new rule without «{topic}» would be drafted once for each deficit in the same words: it needs ``together``."""
    assert all(rule.together or "{topic}" in rule.task for rule in rules() if rule.block != "closing")
    assert all("{topic}" not in rule.together for rule in rules())


def test_parts_are_even() -> None:
    assert [len(part) for part in evenly(deficits(*[("subject", "")] * 7), 3)] == [2, 2, 3]
