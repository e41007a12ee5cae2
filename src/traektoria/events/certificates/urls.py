from django.urls import path

from traektoria.events.certificates.views import backgrounds, badges, event_certificates, own_certificates, public_page

urlpatterns = [
    path("<int:pk>/certificates/", event_certificates.certificate_list, name="certificate_list"),
    path("<int:pk>/certificates/issue/", event_certificates.certificate_issue, name="certificate_issue"),
    path("<int:pk>/certificates/named/", event_certificates.certificate_name, name="certificate_name"),
    path("<int:pk>/certificates.<str:form>", event_certificates.certificates_take, name="certificates_take"),
    path("certificates/mine/", own_certificates.my_certificates, name="my_certificates"),
    path("certificates/<int:pk>.pdf", own_certificates.certificate_file, name="certificate_file"),
    path("certificates/<int:pk>/revise/", event_certificates.certificate_revise, name="certificate_revise"),
    path("certificates/<int:pk>/revoke/", event_certificates.certificate_revoke, name="certificate_revoke"),
    path("certificates/backgrounds/", backgrounds.background_list, name="background_list"),
    path("certificates/backgrounds/<int:pk>/retire/", backgrounds.background_retire, name="background_retire"),
    path("certificates/backgrounds/<int:pk>.jpg", backgrounds.background_picture, name="background_picture"),
    path("certificates/<int:pk>/badge.<str:form>", badges.certificate_badge, name="certificate_badge"),
    path("badges/keys.json", badges.badge_keys, name="badge_keys"),
    path("badges/<int:centre>/", badges.badge_issuer, name="badge_issuer"),
    path("badges/<int:centre>/revoked.json", badges.badge_revoked, name="badge_revoked"),
    path("check/", public_page.check, name="check"),
    path("check/<str:code>/", public_page.check_result, name="check_result"),
]
