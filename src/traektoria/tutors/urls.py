"""Addresses under /tutors/."""

from django.urls import URLPattern, URLResolver, path

from traektoria.tutors.views import application_review, applications, nominations

app_name = "tutors"
urlpatterns: list[URLPattern | URLResolver] = [
    # applications
    path("applications/", application_review.application_list, name="application_list"),
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
    path("applications/<int:pk>/check/", application_review.application_check, name="application_check"),
    path("applications/<int:pk>/return/", application_review.application_return, name="application_return"),
    path("applications/<int:pk>/admit/", application_review.application_admit, name="application_admit"),
    path("applications/<int:pk>/refuse/", application_review.application_refuse, name="application_refuse"),
    path(
        "applications/evidence/<int:pk>/",
        applications.application_evidence_download,
        name="application_evidence_download",
    ),
    path("applications/evidence/<int:pk>/remove/", applications.application_detach, name="application_detach"),
    # statuses, orders, profiles, the register
    path("", statuses.home, name="home"),
    path("me/", statuses.own, name="own"),
    path("tutor/<int:pk>/", statuses.tutor_detail, name="tutor_detail"),
    path("tutor/<int:pk>/suspend/", statuses.status_suspend, name="status_suspend"),
    path("tutor/<int:pk>/resume/", statuses.status_resume, name="status_resume"),
    path("tutor/<int:pk>/end/", statuses.status_end, name="status_end"),
    path("tutor/<int:pk>/release/", orders.release_new, name="release_new"),
    path("tutor/<int:pk>/register/", register.register_consent, name="register_consent"),
    path("tutor/<int:pk>/register/withdraw/", register.register_withdraw, name="register_withdraw"),
    path("earlier/<int:pk>/", entries.earlier_new, name="earlier_new"),
    path("applications/<int:pk>/enter/", entries.enter_in_community, name="enter_in_community"),
    path("applications/<int:pk>/order/", orders.order_new, name="order_new"),
    path("orders/", orders.order_list, name="order_list"),
    path("orders/<int:pk>/", orders.order_detail, name="order_detail"),
    path("orders/<int:pk>/edit/", orders.order_edit, name="order_edit"),
    path("orders/<int:pk>/sign/", orders.order_sign, name="order_sign"),
    path("orders/<int:pk>/cancel/", orders.order_cancel, name="order_cancel"),
    path("orders/<int:pk>/read/", orders.order_acquaint, name="order_acquaint"),
    path("profile/", profiles.profile_edit, name="profile_edit"),
    path("profile/<int:pk>/capacity/", profiles.capacity_edit, name="capacity_edit"),
    path("register/<int:pk>/", register.register, name="register"),
    path("register/<int:pk>/file/", register.register_export, name="register_export"),
]
