from django.urls import path

from traektoria.diagnostics.paper import views

urlpatterns = [
    path("paper/<int:pk>/", views.paper, name="paper"),
    path("paper/<int:pk>/template.xlsx", views.paper_template, name="paper_template"),
    path("paper/<int:pk>/import/", views.paper_import, name="paper_import"),
    path("paper/<int:pk>/sheets/<int:sitting>/", views.paper_entry, name="paper_entry"),
    path("paper/<int:pk>/sheets/<int:sitting>/consent/", views.paper_consent, name="paper_consent"),
]
