"""The recruiter console: Django's admin on Unfold, where every button calls an action."""

from unfold.sites import UnfoldAdminSite


class Console(UnfoldAdminSite):  # type: ignore[misc]
    site_header = "Evenhand"
    site_title = "Evenhand"
    index_title = "What waits for me"
