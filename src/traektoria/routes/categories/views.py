"""Categories proposed to a teacher."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.people.enums import Role
from traektoria.people.guard import POST, ActorRequest, fetch, guard
from traektoria.routes.categories.actions import answer_category
from traektoria.routes.categories.facts import in_words
from traektoria.routes.categories.permissions import own


@guard(Role.TEACHER)
def category_list(request: ActorRequest) -> HttpResponse:
    rows = [(one, in_words(one.facts)) for one in own(request.actor)]
    return render(request, "routes/category_list.html", {"rows": rows})


@guard(Role.TEACHER, methods=POST, own_hand=True)
def category_answer(request: ActorRequest, pk: int) -> HttpResponse:
    category = fetch(own(request.actor), pk=pk)
    agree = request.POST.get("answer") == "yes"
    answer_category(category=category, agree=agree, by=request.actor)
    messages.success(
        request,
        _("Written down: it stands in your plan, and your tutor reads it.")
        if agree
        else _("Written down. Nobody sees that it was proposed."),
    )
    return redirect("routes:category_list")
