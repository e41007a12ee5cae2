"""Sign-in pages: those of allauth that this product uses; where no mail is sent, no link is promised."""

from django.urls import include, path

from traektoria.people.own_views import forgotten_password

urlpatterns = [
    path("password/reset/", forgotten_password, name="account_reset_password"),
    path("", include("allauth.urls")),
]
