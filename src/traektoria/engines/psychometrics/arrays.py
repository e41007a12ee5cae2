"""Names of array types used through the engine."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Reals = NDArray[np.floating]
Codes = NDArray[np.int8]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
