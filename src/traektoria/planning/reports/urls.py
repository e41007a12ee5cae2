from django.urls import path

from traektoria.planning.reports.views import reports, year

urlpatterns = [
    path("load/", year.load, name="load"),
    path("<int:pk>/year/", year.plan_year, name="plan_year"),
    path("<int:pk>/report/", reports.plan_report, name="plan_report"),
    path("<int:pk>/report.xlsx", reports.plan_report_file, name="plan_report_file"),
]
