"""Groups suggested in a process apart are those suggested here."""

from traektoria.engines.deficits import GroupRule, Learner, suggest_groups
from traektoria.engines.deficits.process_apart import GROUPS, suggest_groups_apart


def test_the_same_groups_come_from_the_other_process() -> None:
    topics = {"дроби": 0.9, "проценты": 0.7}
    learners = [Learner(str(number), "", "maths", dict(topics)) for number in range(6)]
    rule = GroupRule(least=3)
    here = suggest_groups(learners, rule)
    assert here.groups
    assert suggest_groups_apart(learners, rule) == here


def test_nobody_is_no_question() -> None:
    before = GROUPS.running
    assert suggest_groups_apart([], GroupRule()) == suggest_groups([], GroupRule())
    assert GROUPS.running is before
