"""What anybody may open in a browser."""

from django.urls import path

from requisitions.pages import feeds, views
from requisitions.pages.robots import robots

urlpatterns = [
    path("robots.txt", robots),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("jobs.rss", feeds.rss, name="jobs-rss"),
    path("jobs.xml", feeds.job_feed, name="jobs-xml"),
    path("", views.careers, name="careers"),
    path("internal", views.internal, name="internal"),
    path("jobs/<uuid:id>", views.job, name="job"),
    path("jobs/<uuid:id>/preview", views.preview, name="job-preview"),
]
