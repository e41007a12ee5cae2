"""What the plans want now."""

from django.http import HttpResponse
from django.shortcuts import render

from traektoria.people.guard import ActorRequest, guard
from traektoria.planning.plans.permissions import READ
from traektoria.planning.plans.queries.board import board_page, grouped


@guard(*READ)
def board(request: ActorRequest) -> HttpResponse:
    """Of all plans of the coordinator's centres; for others, and with ``?mine=1``, what they answer for."""
    whole = request.actor.is_coordinator
    mine = not whole or request.GET.get("mine") == "1"
    page = board_page(request.actor, request.GET.get("page"), mine=mine)
    context = {"page": page, "groups": grouped(page.object_list), "mine": mine, "whole": whole}
    return render(request, "planning/board.html", context)
