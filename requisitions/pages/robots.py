"""What crawlers and readers of the board may ask for: everything that is public."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

RULES = "User-agent: *\nDisallow: /console/\nAllow: /\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    rules = f"{RULES}\nSitemap: {settings.SITE_URL}/sitemap.xml\n"
    return HttpResponse(rules, content_type="text/plain; charset=utf-8")
