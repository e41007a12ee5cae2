"""Published answers and estimates, small enough to be kept here, and simulated ones."""

import numpy as np

from traektoria.engines.psychometrics.answer_table import Responses, responses
from traektoria.engines.psychometrics.arrays import Floats

# LSAT section 6, 1000 people × 5 items by answer pattern: Bock & Lieberman (1970), Psychometrika 35, table 1.
LSAT6 = """00000:3 00001:6 00010:2 00011:11 00100:1 00101:1 00110:3 00111:4 01000:1 01001:8 01011:16 01101:3 01110:2
01111:15 10000:10 10001:29 10010:14 10011:81 10100:3 10101:28 10110:15 10111:80 11000:16 11001:56 11010:21 11011:173
11100:11 11101:61 11110:28 11111:298"""

# ltm 1.2 (Rizopoulos 2006, Journal of Statistical Software 17/5) and mirt 1.45.1 (Chalmers 2012, JSS 48/6).
LSAT6_2PL = {"loglik": -2466.653, "a": (0.8257, 0.7227, 0.8909, 0.6884, 0.6569)}
LSAT6_2PL_B = (-3.3588, -1.3701, -0.2797, -1.8664, -3.1259)
LSAT6_2PL_SE_A = (0.2581, 0.1867, 0.2328, 0.1851, 0.2099)
LSAT6_RASCH = {"loglik": -2466.938, "variance": 0.5702, "b": (-2.7300, -0.9986, -0.2399, -1.3065, -2.0994)}
# eRm 1.0 (Mair & Hatzinger 2007, JSS 20/9).
LSAT6_CML = (-1.2561, 0.4749, 1.2360, 0.1684, -0.6232)
LSAT6_CML_SE = (0.1044, 0.0699, 0.0688, 0.0726, 0.0859)
LSAT6_INFIT = (0.8277, 0.9680, 0.9728, 0.9541, 0.8953)
LSAT6_OUTFIT = (0.8008, 0.9577, 0.9494, 0.9439, 0.8721)
# By raw score: EAP, ML (none at the ends) and WLE of the Rasch model with their standard errors, mirt.
LSAT6_ABILITIES = (
    (-1.4424, 0.6021, None, None, -4.2651, 1.5248),
    (-1.0790, 0.6043, -3.0763, 1.1810, -2.8124, 1.0248),
    (-0.7103, 0.6107, -1.9492, 0.9898, -1.8863, 0.9218),
    (-0.3313, 0.6212, -0.9940, 0.9874, -1.0529, 0.9176),
    (0.0631, 0.6353, 0.1250, 1.1767, -0.1392, 1.0178),
    (0.4774, 0.6525, None, None, 1.3014, 1.5220),
)


def lsat6() -> Responses:
    rows = []
    for entry in LSAT6.split():
        pattern, number = entry.split(":")
        rows += [[float(answer) for answer in pattern]] * int(number)
    return responses(np.array(rows))


def simulated(people: int, slopes: Floats, intercepts: Floats, seed: int = 1) -> Floats:
    """Right/wrong answers (people, items) of standard normal people."""
    random = np.random.default_rng(seed)
    theta = random.normal(size=people)
    chances = 1 / (1 + np.exp(-(slopes * theta[:, None] + intercepts)))
    return (random.random(chances.shape) < chances).astype(float)


def graded(people: int, slopes: Floats, cuts: Floats, seed: int = 2) -> Floats:
    """Answers 0 … K−1 by the graded response model; `cuts` (items, K − 1) ascending thresholds."""
    random = np.random.default_rng(seed)
    theta = random.normal(size=people)
    above = 1 / (1 + np.exp(-slopes[:, None] * (theta[:, None, None] - cuts)))
    return (above > random.random((people, len(slopes), 1))).sum(2).astype(float)
