from django.urls import path

from traektoria.tutors.register.views import entries, profiles, public, tutors

urlpatterns = [
    path("", tutors.home, name="home"),
    path("me/", tutors.own, name="own"),
    path("tutor/<int:pk>/", tutors.tutor_detail, name="tutor_detail"),
    path("tutor/<int:pk>/suspend/", tutors.status_suspend, name="status_suspend"),
    path("tutor/<int:pk>/resume/", tutors.status_resume, name="status_resume"),
    path("tutor/<int:pk>/end/", tutors.status_end, name="status_end"),
    path("tutor/<int:pk>/register/", public.register_consent, name="register_consent"),
    path("tutor/<int:pk>/register/withdraw/", public.register_withdraw, name="register_withdraw"),
    path("earlier/<int:pk>/", entries.earlier_new, name="earlier_new"),
    path("applications/<int:pk>/enter/", entries.enter_in_community, name="enter_in_community"),
    path("profile/", profiles.profile_edit, name="profile_edit"),
    path("profile/<int:pk>/capacity/", profiles.capacity_edit, name="capacity_edit"),
    path("register/<int:pk>/", public.register, name="register"),
    path("register/<int:pk>/file/", public.register_export, name="register_export"),
]
