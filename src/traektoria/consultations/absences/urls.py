from django.urls import path

from traektoria.consultations.absences.views import absences, substitutes

urlpatterns = [
    path("absences/", absences.absence_list, name="absence_list"),
    path("absences/new/", absences.absence_new, name="absence_new"),
    path("absences/<int:pk>/", absences.absence_detail, name="absence_detail"),
    path("absences/<int:pk>/decide/", absences.absence_decide, name="absence_decide"),
    path("absences/<int:pk>/end/", absences.absence_end, name="absence_end"),
    path("help/dates/<int:pk>/substitute/", substitutes.date_substitute, name="date_substitute"),
]
