"""Domain errors: a stable code and a humane sentence, translated once for HTML here and once for problem+json.

Who raises: actions, permissions and policies. Who shows: ``core.middleware.HumaneErrors`` (a page, an htmx partial).
"""

from collections.abc import Callable
from typing import Any


class DomainError(Exception):
    """Something the person can understand and do something about.

    ``code`` is stable for programs and tests, ``sentence`` is translated for people, ``status`` is the HTTP status.
    """

    status = 400
    code = "error"

    def __init__(self, sentence: str, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if code:
            self.code = code


class Refused(DomainError):
    """The person is known and may see the object, but not do this: 403 with the reason."""

    status = 403
    code = "refused"


class Conflict(DomainError):
    """The object changed meanwhile, or is in a state that does not allow this: 409 with the reason."""

    status = 409
    code = "conflict"


class Invalid(DomainError):
    """What was given can't be used: 422, says where and what to do."""

    status = 422
    code = "invalid"


class TooMany(DomainError):
    """Tried too often: 429 with the seconds to wait, in the sentence and in ``Retry-After``."""

    status = 429
    code = "too_many"

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


def twin(check: Callable[..., object]) -> Callable[..., bool]:
    """The bool twin of a check."""

    def can(*args: Any, **more: Any) -> bool:
        try:
            check(*args, **more)
        except DomainError:
            return False
        return True

    return can


def reason_of(check: Callable[..., object], *args: Any, **more: Any) -> str:
    """Why not, for the tooltip of a disabled button: the sentence of the refusal; empty where the way is open."""
    try:
        check(*args, **more)
    except DomainError as refusal:
        return refusal.sentence
    return ""
