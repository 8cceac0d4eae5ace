"""The page cache before Django: the same public page is rendered once, for everybody who has no session.

A view opts in, and says which places its page depends on:

    @cached_page(query=["jaar"])
    def area(request, code):
        ...
        return shows(render(request, "pages/area.html", facts), code, *parents)

`audit.actions.record(touches=...)` of one of these codes drops the page in every process.
`opting` is the side of the view, `serving` the side of the web server, `shelf` the memory, `negotiating` the headers.
"""

from buurtdraad.lib.page_cache.opting import NotCacheable, cached_page, shows

__all__ = ["NotCacheable", "cached_page", "shows"]
