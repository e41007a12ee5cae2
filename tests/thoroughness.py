"""How often a proved rule is asked anew: rounds, seeds, examples, days.

``make test`` asks a few times, ``make thorough`` many times: the same tests, of which this is the one number that
differs. A rule is never asked only there.
"""

import os

THOROUGH = os.environ.get("TESTS_THOROUGH") == "1"


def rounds(few: int, many: int) -> int:
    return many if THOROUGH else few
