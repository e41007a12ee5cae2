from django.urls import path

from traektoria.documents import views

app_name = "documents"
urlpatterns = [
    path("route/<int:pk>/card.<str:form>", views.route_card, name="route_card"),
    path("route/cards.<str:form>", views.route_cards, name="route_cards"),
    path("route/plans/<int:school>.<str:form>", views.deficit_plans, name="deficit_plans"),
    path("papers/<slug:kind>/<int:pk>.<str:form>", views.paper, name="paper"),
    path("register/<int:pk>/", views.document_detail, name="document_detail"),
    path("check/", views.verification, name="verification"),
    path("check/<str:code>/", views.verification_result, name="verification_result"),
]
