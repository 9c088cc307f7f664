"""Addresses under `/v1/boards/`, each with and without a slash at its end."""

from django.urls import URLPattern, path

from requisitions.api.boards import views
from requisitions.api.boards.base import BoardApi, Nothing


def both(route: str, view: type[BoardApi]) -> list[URLPattern]:
    """Readers ask in both ways, and some follow no redirect."""
    return [path(route, view.as_view()), path(f"{route}/", view.as_view())]


urlpatterns = [
    *both("<str:token>", views.Board),
    *both("<str:token>/jobs", views.Jobs),
    *both("<str:token>/jobs/<str:id>", views.Job),
    *both("<str:token>/departments", views.Departments),
    *both("<str:token>/departments/<str:id>", views.Departments),
    *both("<str:token>/offices", views.Offices),
    *both("<str:token>/offices/<str:id>", views.Offices),
    *both("<str:token>/sections", views.Sections),
    *both("<str:token>/sections/<str:id>", views.Sections),
    *both("<str:token>/prospect_posts", views.ProspectPosts),
    *both("<str:token>/prospect_posts/<str:id>", views.ProspectPosts),
    *both("<str:token>/education/<str:kind>", views.Education),
    path("<str:token>/<path:rest>", Nothing.as_view()),
]
