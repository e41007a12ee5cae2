"""What a person is told first of a deadline."""

from enum import StrEnum


class Kind(StrEnum):
    """What a person is told first of a deadline."""

    POINT = "point"
    RANGE = "range"
    SCHOOL_UNIT = "school_unit"
    RECURRING = "recurring"
    RELATIVE = "relative"
    ON_REQUEST = "on_request"
    BY_PLAN = "by_plan"
    OPEN = "open"
    CONTINUOUS = "continuous"
    APPROXIMATE = "approximate"
    COMPOUND = "compound"
    NOT_UNDERSTOOD = "not_understood"
