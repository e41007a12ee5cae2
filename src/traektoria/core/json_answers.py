"""Answers to a device that sends what it has kept: JSON whatever happens, so that it knows what to park and why."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import Http404, HttpRequest, JsonResponse

from traektoria.core.errors import DomainError

Given = ParamSpec("Given")
Asked = TypeVar("Asked", bound=HttpRequest)
View = Callable[Concatenate[Asked, Given], dict[str, Any]]


def in_json(gone: Any) -> Callable[[View[Asked, Given]], Callable[Concatenate[Asked, Given], JsonResponse]]:
    """``gone``: the sentence where the object is not the person's any more."""

    def around(view: View[Asked, Given]) -> Callable[Concatenate[Asked, Given], JsonResponse]:
        @wraps(view)
        def told(request: Asked, /, *args: Given.args, **kwargs: Given.kwargs) -> JsonResponse:
            try:
                return JsonResponse(view(request, *args, **kwargs))
            except DomainError as refusal:
                return JsonResponse({"code": refusal.code, "sentence": refusal.sentence}, status=refusal.status)
            except Http404:
                return JsonResponse({"code": "gone", "sentence": str(gone)}, status=404)

        return told

    return around
