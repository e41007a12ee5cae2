"""The floor of the page benches: the same server and Django with nothing between it and an empty view.

The product is set up too: a member of the server's group reads its models (``core.serving.worker``).
"""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
django.setup(set_prefix=False)
settings.ROOT_URLCONF, settings.MIDDLEWARE, settings.ALLOWED_HOSTS = "tests.bench.hello", [], ["*"]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("", hello)]
application = WSGIHandler()
