"""Sign-in pages: those of allauth that this product uses, without sign-up."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
