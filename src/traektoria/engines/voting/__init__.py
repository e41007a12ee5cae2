"""The arithmetic of a commission: quorum and majority, in whole numbers. No Django, no floats in a comparison."""

from traektoria.engines.voting.quorum import exact_share, has_quorum, quorum
from traektoria.engines.voting.result import Majority, Outcome, Tally, outcome

__all__ = ["Majority", "Outcome", "Tally", "exact_share", "has_quorum", "outcome", "quorum"]
