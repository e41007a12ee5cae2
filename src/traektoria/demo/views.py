"""«Sign in as…»: exists in the demo mode only; elsewhere the address is not there for anybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traektoria.demo import actions
from traektoria.demo.cast import CAST, accounts
from traektoria.demo.people import PASSWORD


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """The cards of the cast; a posted ``login`` of the cast begins that person's session."""
    if not settings.DEMO:
        raise Http404
    found = accounts()
    if request.method == "POST":
        account = found.get(request.POST.get("login", ""))
        if account is None:
            raise Http404
        actions.sign_in_as(request=request, account=account)
        return redirect(settings.LOGIN_REDIRECT_URL)
    parts = [{"part": part, "account": found[part.login]} for part in CAST if part.login in found]
    return render(request, "demo/people.html", {"parts": parts, "password": PASSWORD})
