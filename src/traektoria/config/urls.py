"""The address bar names the room."""

from django.urls import include, path

urlpatterns = [
    path("", include("traektoria.desk.urls")),
    path("centre/", include("traektoria.organisations.urls")),
    path("people/", include("traektoria.people.urls")),
    path("results/", include("traektoria.results.urls")),
    path("diagnostics/", include("traektoria.diagnostics.urls")),
    path("support/", include("traektoria.routes.urls")),
    path("consultations/", include("traektoria.consultations.urls")),
    path("events/", include("traektoria.events.urls")),
    path("plans/", include("traektoria.planning.urls")),
    path("tutors/", include("traektoria.tutors.urls")),
    path("video/", include("traektoria.video.urls")),
    path("documents/", include("traektoria.documents.urls")),
    path("demo/", include("traektoria.demo.urls")),
    path("messages/", include("traektoria.messaging.urls")),
    path("help/", include("traektoria.core.help_urls")),
    path("design/", include("traektoria.core.urls")),
    path("account/", include("traektoria.people.account_urls")),
]
handler400 = "traektoria.core.views.wrong_request"
handler403 = "traektoria.core.views.refused"
handler404 = "traektoria.core.views.not_found"
handler429 = "traektoria.core.views.too_many"
handler500 = "traektoria.core.views.server_error"
