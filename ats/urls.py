"""Composition root: every address of the product."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from ats.api import health
from ats.api.urls import urlpatterns as kernel
from ats.pages import approvals

APPS = ("requisitions", "candidates", "interviews")


def mounted(prefix: str, module: str) -> list[URLResolver]:
    """Each app's addresses under one prefix, of the apps that have such a module."""
    found = [f"{app}.{module}" for app in APPS if find_spec(f"{app}.{module.partition('.')[0]}")]
    return [path(prefix, include(name)) for name in found if find_spec(name)]


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("console/", admin.site.urls),
    path("approvals/<uuid:step>/<str:token>", approvals.answer, name="answer-approval"),
    path("api/v1/", include([*kernel, *mounted("", "api.urls")])),
    path("v1/boards/", include("candidates.api.boards.urls")),
    path("v1/boards/", include("requisitions.api.boards.urls")),
    *mounted("", "pages.urls"),
]
