"""Answers to a device that sends what it has kept: JSON whatever happens, so that it knows what to park and why."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.people.guard import ActorRequest

Given = ParamSpec("Given")


def in_json(
    view: Callable[Concatenate[ActorRequest, Given], dict[str, Any]],
) -> Callable[Concatenate[ActorRequest, Given], JsonResponse]:
    @wraps(view)
    def told(request: ActorRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> JsonResponse:
        try:
            return JsonResponse(view(request, *args, **kwargs))
        except DomainError as refusal:
            return JsonResponse({"code": refusal.code, "sentence": refusal.sentence}, status=refusal.status)
        except Http404:
            sentence = _("This audit is not yours any more: ask the coordinator. What you wrote stays on the device.")
            return JsonResponse({"code": "gone", "sentence": sentence}, status=404)

    return told
