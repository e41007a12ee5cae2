"""What a deadline is said as, read again, is that deadline: no kind of structure is said in two meanings."""

from hypothesis import given, settings

from tests.engines.deadlines.samples import compounds, simples
from tests.thoroughness import rounds
from traektoria.engines.deadlines.model import Compound, Simple
from traektoria.engines.deadlines.paraphrases import paraphrase
from traektoria.engines.deadlines.reader import parse


@settings(max_examples=rounds(60, 300), deadline=None)
@given(simples)
def test_a_paraphrase_read_again_is_the_same_deadline(deadline: Simple) -> None:
    read = parse(paraphrase(deadline))
    assert (read.deadline, read.choices, read.unknown) == (deadline, (), ())


@settings(max_examples=rounds(24, 120), deadline=None)
@given(compounds)
def test_several_deadlines_said_together_are_read_as_several(deadline: Compound) -> None:
    said = paraphrase(deadline)
    if len(said) <= 400:
        read = parse(said)
        assert (read.deadline, read.choices, read.unknown) == (deadline, (), ())
