"""A sample of a regulation in full, before it is chosen: by the founder of a centre, or for a draft."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from traektoria.core.guard import GuardedRequest, guard
from traektoria.core.text import whole_number
from traektoria.organisations.enums import Role
from traektoria.organisations.regulations.contents import preset, preset_names
from traektoria.organisations.regulations.outline import outline
from traektoria.organisations.regulations.presets_shown import presets_shown

CHOSEN = "chosen"


def chosen_in(request: HttpRequest) -> dict[str, Any]:
    """The sample with which one comes back from reading, as the beginning of the form of the choice."""
    name = request.GET.get(CHOSEN, "")
    return {"preset": name} if name in preset_names() else {}


@guard(Role.COORDINATOR, Role.ADMINISTRATOR)
def regulation_sample(request: GuardedRequest, name: str) -> HttpResponse:
    """The document as a centre would have it. ``?draft=`` names the draft for which one chooses; what was chosen so far
    is in ``?chosen=`` and goes along, from sample to sample and back."""
    samples = presets_shown()
    sample = next((one for one in samples if one.name == name), None)
    if sample is None:
        raise Http404
    came = {key: value for key in ("draft", CHOSEN) if (value := request.GET.get(key, ""))}
    choice, label = _choice(request, came.pop("draft", ""))
    on = request.GET.urlencode()
    facts = {
        "sample": sample,
        "sections": outline(preset(name), _("the name of your centre")),
        "back": f"{choice}?{urlencode(came)}" if came else choice,
        "back_label": label,
        "chosen_url": f"{choice}?{urlencode({CHOSEN: name})}",
        "others": [
            (one, reverse("organisations:regulation_sample", args=[one.name]) + (f"?{on}" if on else ""))
            for one in samples
        ],
    }
    return render(request, "organisations/regulation_sample.html", facts)


def _choice(request: GuardedRequest, draft: str) -> tuple[str, str]:
    """Where one chooses: for a draft, else in the founding of a centre; a coordinator who founds none reads only."""
    if number := whole_number(draft):
        return reverse("organisations:regulation_restart", args=[number]), _("Begin from another preset")
    if Role.ADMINISTRATOR in request.actor.roles:
        return reverse("people:centre_step", args=["preset"]), _("Found a centre")
    return reverse("organisations:regulation_detail"), _("Regulation")
