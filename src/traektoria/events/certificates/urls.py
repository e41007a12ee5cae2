from django.urls import path

from traektoria.events.certificates.views import backgrounds, badges, checking, giving, own

urlpatterns = [
    path("<int:pk>/certificates/", giving.certificate_list, name="certificate_list"),
    path("<int:pk>/certificates/issue/", giving.certificate_issue, name="certificate_issue"),
    path("<int:pk>/certificates/named/", giving.certificate_name, name="certificate_name"),
    path("<int:pk>/certificates.<str:form>", giving.certificates_take, name="certificates_take"),
    path("certificates/mine/", own.my_certificates, name="my_certificates"),
    path("certificates/<int:pk>.pdf", own.certificate_file, name="certificate_file"),
    path("certificates/<int:pk>/revise/", giving.certificate_revise, name="certificate_revise"),
    path("certificates/<int:pk>/revoke/", giving.certificate_revoke, name="certificate_revoke"),
    path("certificates/backgrounds/", backgrounds.background_list, name="background_list"),
    path("certificates/backgrounds/<int:pk>/retire/", backgrounds.background_retire, name="background_retire"),
    path("certificates/backgrounds/<int:pk>.jpg", backgrounds.background_picture, name="background_picture"),
    path("certificates/<int:pk>/badge.<str:form>", badges.certificate_badge, name="certificate_badge"),
    path("badges/keys.json", badges.badge_keys, name="badge_keys"),
    path("badges/<int:centre>/", badges.badge_issuer, name="badge_issuer"),
    path("badges/<int:centre>/revoked.json", badges.badge_revoked, name="badge_revoked"),
    path("check/", checking.check, name="check"),
    path("check/<str:code>/", checking.check_result, name="check_result"),
]
