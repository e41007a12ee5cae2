"""What is asked of a fit."""

from dataclasses import dataclass

import numpy as np

from .arrays import Floats
from .kinds import Model
from .result import Method


@dataclass(frozen=True)
class FitSettings:
    """`points` quadrature points on [−reach, reach]; `needed` people instead of those the model asks for by itself.

    `low`/`high` are the least and the most an answer can be worth; `reference` names the reference group of DIF (the
    first in the alphabet otherwise); `compare` fits the simpler nested model too.
    """

    model: Model
    method: Method = Method.MML
    persons: bool = False
    compare: bool = False
    max_iterations: int = 500
    points: int = 61
    reach: float = 6.0
    needed: int | None = None
    low: float | None = None
    high: float | None = None
    reference: str | None = None

    @property
    def grid(self) -> Floats:
        return np.linspace(-self.reach, self.reach, self.points)
