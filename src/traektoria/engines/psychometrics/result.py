"""What a fit hands back. None stands for a figure that does not exist; there are no made-up numbers."""

from dataclasses import dataclass
from enum import StrEnum

from .classical import ItemAnalysis
from .conditional import Andersen
from .dif import Dif
from .errors import Note
from .kinds import Model
from .reliability import Reliability
from .scoring import Option


class Method(StrEnum):
    """How the items of a Rasch model are estimated."""

    CML = "cml"
    MML = "mml"


@dataclass(frozen=True)
class ItemParameters:
    """Slope `a`; intercepts d_k and thresholds b_k with standard errors (docs/psychometrics.md has the formulas).

    `b` is the difficulty of a right/wrong item, and the mean of the thresholds otherwise. `levels` are the values that
    the categories stand for.
    """

    a: float
    se_a: float | None
    b: float
    se_b: float
    intercepts: tuple[float, ...]
    se_intercepts: tuple[float, ...]
    thresholds: tuple[float, ...]
    se_thresholds: tuple[float, ...]
    levels: tuple[float, ...]
    infit: float | None
    outfit: float | None


@dataclass(frozen=True)
class FittedItem:
    classical: ItemAnalysis
    parameters: ItemParameters | None = None
    dif: Dif | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class TestModel:
    """Figures of a model of answers. `theta_variance` and reliabilities are of marginal estimation; `loglik` of CML is
    the conditional one.
    """

    __test__ = False

    method: Method
    loglik: float
    n_parameters: int
    aic: float
    bic: float
    iterations: int
    theta_variance: float | None
    se_theta_variance: float | None
    empirical_reliability: float | None
    marginal_reliability: float | None


@dataclass(frozen=True)
class LikelihoodRatio:
    """A model against the simpler one nested in it, by marginal log-likelihoods."""

    simpler: Model
    loglik: float
    statistic: float
    df: int
    p_value: float


@dataclass(frozen=True)
class FittedPerson:
    """`raw` is the sum over the answered items."""

    person: str
    row: int
    n_answered: int
    raw: float
    theta_eap: float | None = None
    se_eap: float | None = None
    theta_ml: float | None = None
    se_ml: float | None = None
    theta_wle: float | None = None
    se_wle: float | None = None


@dataclass(frozen=True)
class Fit:
    """Items in the order of the file, people too (only where asked for)."""

    model: Model
    n_persons: int
    items: tuple[FittedItem, ...]
    reliability: Reliability | None
    test: TestModel | None
    andersen: Andersen | None
    comparison: LikelihoodRatio | None
    persons: tuple[FittedPerson, ...]
    notes: tuple[Note, ...]
