from django.urls import path

from . import audit, depending, index, retraining, trend, views
from .donor.views import donor
from .funnel.views import funnel
from .record import views as record
from .status import lists, numbers

app_name = "reports"
urlpatterns = [
    path("", index.index, name="index"),
    path("donor/", donor, name="donor"),
    path("trend/", trend.trend, name="trend"),
    path("funnel/", funnel, name="funnel"),
    path("status/", numbers.status, name="status"),
    path("status/<slug:measure>/", lists.StatusList.as_view(), name="status-list"),
    path("audit-log/", audit.AuditLog.as_view(), name="audit"),
    path("audit-log/results/", audit.AuditLog.as_view(results_only=True), name="audit-results"),
    path("people/", views.PeopleReport.as_view(), name="people"),
    path("people/results/", views.PeopleReport.as_view(results_only=True), name="people-results"),
    path("people/<uuid:pk>/", record.person, name="person"),
    path("people/<uuid:pk>/time-line/", record.time_line, name="person-time-line"),
    path("depend/fact/<int:pk>/", depending.FactReport.as_view(), name="depend-fact"),
    path("depend/fact/<int:pk>/results/", depending.FactReport.as_view(results_only=True), name="depend-fact-results"),
    path("depend/page/<int:pk>/", depending.PageReport.as_view(), name="depend-page"),
    path("depend/page/<int:pk>/results/", depending.PageReport.as_view(results_only=True), name="depend-page-results"),
    path("learn-again/<uuid:pk>/", retraining.change, name="retrain"),
    path("learn-again/page/<int:pk>/", retraining.page, name="retrain-page"),
]
