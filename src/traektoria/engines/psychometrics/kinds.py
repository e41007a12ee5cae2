"""Models of answers and flags of items: names that pages know too, without NumPy."""

from enum import StrEnum


class Model(StrEnum):
    CTT = "ctt"
    RASCH = "rasch"
    TWO_PL = "2pl"
    PCM = "pcm"
    GPCM = "gpcm"
    GRM = "grm"


class Flag(StrEnum):
    """What an author should look at."""

    NEGATIVE_ITEM_REST = "negative_item_rest"
    WEAK_ITEM_REST = "weak_item_rest"
    ALPHA_RISES_WITHOUT = "alpha_rises_without"
    CONSTANT = "constant"
    STRONG_DISTRACTOR = "strong_distractor"
