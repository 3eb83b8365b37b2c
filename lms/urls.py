"""The whole site on one screen. Wagtail's catch-all is last."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("cms/", include("lms.people.cms_urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("messaging/", include("lms.messaging.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("curriculum.recordings.urls")),
    path("", include("certificates.verification_urls")),
    path("api/", include("lms.api.urls")),
    path("", include("lms.core.urls")),
]
urlpatterns += i18n_patterns(
    path("", include("lms.people.urls")),
    path("", include("curriculum.glossary.urls")),
    path("", include("lms.learning.urls")),
    path("", include("assessments.urls")),
    path("", include("certificates.urls")),
    path("trainer/", include("lms.learning.attendance.urls")),
    path("trainer/", include("lms.reports.room.urls")),
    path("", include(wagtail_urls)),
)
