"""One's own account: a forgotten password, an own password, an address that counts, the own hand."""

from typing import Any

from allauth.account.views import PasswordChangeView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traektoria.core.attempt import status_of
from traektoria.core.guard import View
from traektoria.core.guard import guard as core_guard
from traektoria.core.mail import mail_goes_out
from traektoria.messaging.outbox import post_to_address
from traektoria.people import own_hand, queries
from traektoria.people.account_forms import AddressForm, ForgottenForm
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard
from traektoria.people.models import Account
from traektoria.people.permissions import check_confirms_hand
from traektoria.people.throttle import RESET, RESET_ADDRESS, address_of, count_try


def in_own_hand(view: View) -> View:
    """A page of allauth that changes what protects the account: not while somebody else could sit there."""
    return core_guard(methods=BOTH, own_hand=True, once=False)(view)


class _OwnPassword(PasswordChangeView):  # type: ignore[misc]
    """The change of a password, which also is the first page of whoever signs in with a given one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _account(request).has_usable_password():
            return redirect("account_reset_password")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "given": _account(self.request).password_given}


own_password = login_required(_OwnPassword.as_view())


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """A link by mail where mail is set up; otherwise the page says who gives a new password.

    Nothing here looks for the account: the wish is written down, and whoever sends the letters finds out whether there
    is anybody to write to. So the answer and its time are the same for every address.
    """
    if not mail_goes_out():
        return render(request, "people/forgotten_password.html")
    form = ForgottenForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/password_reset.html", {"form": form}, status=status_of(form))
    email = form.cleaned_data["email"].strip().lower()
    if address := address_of(request):
        count_try(RESET_ADDRESS, address)
    count_try(RESET, email)
    post_to_address("people.password_reset", to=email, site=_site(request))
    return redirect("account_reset_password_done")


@guard(methods=BOTH, own_hand=True)
def address_change(request: ActorRequest) -> HttpResponse:
    """The same answer whether or not the address is somebody else's: that is said to whoever opens the letter."""
    account = _account(request)
    if not mail_goes_out():
        raise Http404
    form = AddressForm(request.POST or None, account=account, initial={"email": account.email})
    if form.is_valid():
        count_try(RESET, f"own {account.pk}")
        email = form.cleaned_data["email"]
        own_hand.want_address(account=account, email=email, site=_site(request))
        messages.success(request, _("A letter is on its way to %(email)s: follow its link.") % {"email": email})
        return redirect("people:my_data")
    return render(request, "people/address_form.html", {"form": form, "account": account}, status=status_of(form))


@guard(methods=BOTH, own_hand=True)
def address_confirm(request: ActorRequest, code: str) -> HttpResponse:
    """The link only asks: programs that look at links in letters must not confirm anything."""
    account = _account(request)
    if request.method == "POST":
        email = own_hand.confirm_address(account=account, code=code)
        messages.success(request, _("The address %(email)s is confirmed.") % {"email": email})
        return redirect("people:my_data")
    return render(request, "people/link_followed.html", {"about": "address"})


@guard(methods=BOTH)
def own_hand_page(request: ActorRequest) -> HttpResponse:
    """Why something is closed, and the ways to open it. POST asks for the letter."""
    account = _account(request)
    if request.method == "POST":
        count_try(RESET, f"own hand {account.pk}")
        own_hand.ask_for_own_hand_letter(account=account, site=_site(request))
        messages.success(request, _("A letter is on its way to the address that you confirmed before."))
        return redirect("people:own_hand")
    facts = {
        "account": account,
        "held": own_hand.is_held(account),
        "by_letter": mail_goes_out() and own_hand.has_confirmed_address(account),
        "giver": queries.account_name(account.given_by),
        "events": queries.account_events(account),
    }
    return render(request, "people/own_hand.html", facts)


@guard(methods=BOTH)
def own_hand_shown(request: ActorRequest, code: str) -> HttpResponse:
    if request.method == "POST":
        own_hand.show_own_hand(account=_account(request), code=code)
        messages.success(request, _("Thank you. Everything is open again."))
        return redirect("people:own_hand")
    return render(request, "people/link_followed.html", {"about": "own_hand"})


@guard(Role.COORDINATOR, Role.ADMINISTRATOR, *HEADS, methods=BOTH)
def hand_confirm(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody who knows the person says that they asked for the password."""
    account = fetch(queries.held_near(request.actor), person=pk)
    check_confirms_hand(request.actor, account)
    if request.method == "POST":
        own_hand.confirm_hand(account=account, by=request.actor)
        messages.success(request, _("Confirmed. What was closed is open again."))
        return redirect("desk:home")
    facts = {"person": account.person, "account": account, "giver": queries.account_name(account.given_by)}
    return render(request, "people/hand_confirm.html", facts)


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
