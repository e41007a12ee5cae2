"""What of allauth is ours: nobody signs up by themselves, guessing is slowed down, a device is known again."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from traektoria.people import devices
from traektoria.people.sign_in import SignIn


class HouseAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Each try is counted before the password is looked at. Raises ``TooMany``."""
        attempt = SignIn.of(request, str(credentials.get("username") or credentials.get("email") or ""))
        attempt.begin()
        account: AbstractBaseUser | None = super().authenticate(request, **credentials)
        attempt.succeeded() if account else attempt.failed()
        return account

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user.pk)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
