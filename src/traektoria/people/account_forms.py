"""Forms of sign-in and of one's own account."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.text import TEXT
from traektoria.people.sign_in import SignIn
from traektoria.people.throttle import ACCOUNT, count_try, give_back
from traektoria.people.totp import step_of, takes_code, use_step


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The present password, guessed at an open session, is slowed down as at sign-in; the new one is another."""

    def clean_oldpassword(self) -> str:
        count_try(ACCOUNT, self.user.pk)
        old: str = super().clean_oldpassword()
        give_back(ACCOUNT, self.user.pk)
        return old

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("password1") and data["password1"] == data.get("oldpassword"):
            self.add_error("password1", _("This is the password you have now. Think of another one, of your own."))
        return data


class _OneTimeCode(forms.Form):
    """A code of the telephone or of the paper list: slowed down, and each good once."""

    user: Any

    def clean_code(self) -> str:
        attempt = SignIn.with_code(context.request, self.user.pk)
        attempt.begin()
        code: str = self.cleaned_data["code"]
        own = Authenticator.objects.filter(user=self.user, type__in=[Authenticator.Type.TOTP, "recovery_codes"])
        found = next((one for one in own.order_by("-type") if _opens(one, code)), None)
        if found is None:
            raise get_mfa_adapter().validation_error("incorrect_code")
        found.user, self.authenticator = self.user, found
        attempt.succeeded()
        return code


def _opens(authenticator: Authenticator, code: str) -> bool:
    if authenticator.type == Authenticator.Type.TOTP:
        return takes_code(authenticator, code)
    return bool(authenticator.wrap().validate_code(code))


class CodeForm(_OneTimeCode, AuthenticateForm):  # type: ignore[misc]
    """At sign-in."""


class CodeAgainForm(_OneTimeCode, ReauthenticateForm):  # type: ignore[misc]
    """Before a change of what protects the account."""


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """The code that shows that the telephone is set up is used up by it."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        step = step_of(self.secret, code)
        if step is None or not use_step(self.user.pk, step):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class AddressForm(forms.Form):
    """One's own e-mail; it counts after the link in a letter was followed."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    password = forms.CharField(
        label=_("Your password"),
        max_length=TEXT,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        help_text=_("So that nobody else does it at your open page."),
    )

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.account.email and self.account.email_confirmed_at:
            raise forms.ValidationError(_("This address is yours already, and confirmed."))
        return email

    def clean_password(self) -> str:
        if not get_adapter().reauthenticate(self.account, self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return ""


class ForgottenForm(forms.Form):
    """Where to send the link for a new password."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
