"""Sign-in pages: those of allauth that this product uses, one by one; what a new version of it adds is not there."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as paper_codes
from allauth.mfa.totp import views as telephone
from django.contrib.auth.decorators import login_required
from django.urls import path, re_path

from traektoria.people.account_views import forgotten_password, in_own_hand, own_password

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", own_password, name="account_change_password"),
    path("password/reset/", forgotten_password, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", login_required(second_step.index), name="mfa_index"),
    path("2fa/authenticate/", second_step.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", in_own_hand(telephone.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", in_own_hand(telephone.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", in_own_hand(paper_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        in_own_hand(paper_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        in_own_hand(paper_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
