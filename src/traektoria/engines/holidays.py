"""Public holidays of Russia that have a fixed day (Labour Code, article 112).

Days off that the government moves each year are not told by any rule: they are not named here, a person drops them.
"""

from datetime import date

NEW_YEAR = "new_year"
_FIXED = {
    (1, 7): "christmas",
    (2, 23): "defender",
    (3, 8): "women",
    (5, 1): "spring",
    (5, 9): "victory",
    (6, 12): "russia",
    (11, 4): "unity",
}


def holiday_of(day: date) -> str:
    """The word of the holiday; "" for any other day. From 1 to 8 January it is the New Year but for Christmas."""
    new_year = NEW_YEAR if day.month == 1 and day.day <= 8 else ""
    return _FIXED.get((day.month, day.day), new_year)
