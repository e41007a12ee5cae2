from django.urls import path

from traektoria.tutors.applications.views import applications, nominations, review

urlpatterns = [
    path("applications/", review.application_list, name="application_list"),
    path("applications/begin/", applications.application_begin, name="application_begin"),
    path("applications/nominate/", nominations.application_nominate, name="application_nominate"),
    path("applications/<int:pk>/", applications.application_detail, name="application_detail"),
    path("applications/<int:pk>/about/", applications.application_about, name="application_about"),
    path("applications/<int:pk>/criteria/<slug:slug>/", applications.application_say, name="application_say"),
    path(
        "applications/<int:pk>/criteria/<slug:slug>/evidence/",
        applications.application_attach,
        name="application_attach",
    ),
    path("applications/<int:pk>/submit/", applications.application_submit, name="application_submit"),
    path("applications/<int:pk>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("applications/<int:pk>/reuse/", applications.application_reuse, name="application_reuse"),
    path("applications/<int:pk>/appeal/", applications.application_appeal, name="application_appeal"),
    path("applications/<int:pk>/consent/", nominations.application_consent, name="application_consent"),
    path("applications/<int:pk>/decline/", nominations.application_decline, name="application_decline"),
    path("applications/<int:pk>/check/", review.application_check, name="application_check"),
    path("applications/<int:pk>/return/", review.application_return, name="application_return"),
    path("applications/<int:pk>/admit/", review.application_admit, name="application_admit"),
    path("applications/<int:pk>/refuse/", review.application_refuse, name="application_refuse"),
    path(
        "applications/evidence/<int:pk>/",
        applications.application_evidence_download,
        name="application_evidence_download",
    ),
    path("applications/evidence/<int:pk>/remove/", applications.application_detach, name="application_detach"),
]
