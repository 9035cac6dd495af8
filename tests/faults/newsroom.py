"""A site of plain pages on the tests' own server: bodies with an ETag of their own, and what was asked since last time."""

import hashlib

from tests.site import Page, Site


class Newsroom(Site):
    def put(self, path, body):
        """Serve ``body`` at ``path``; ``{site}`` in it stands for the site's address, a number is a status."""
        if isinstance(body, int):
            self.pages[path] = Page(status=body)
            return
        data = body.replace("{site}", self.base).encode()
        kind = {"xml": "application/xml", "txt": "text/plain"}.get(path.rpartition(".")[2], "text/html; charset=utf-8")
        etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        self.pages[path] = Page(data, headers={"ETag": etag, "Content-Type": kind})

    def answered(self):
        """Return (status, path) of each request since the last call, robots.txt left out, in order of path."""
        seen, self.seen = [seen for seen in self.seen if seen.path != "/robots.txt"], []
        return sorted((self._status(one), one.path) for one in seen)

    def _status(self, seen):
        page = self.pages.get(seen.path, Page(status=404))
        asked = seen.headers.get("if-none-match")
        return 304 if asked and asked == page.headers.get("ETag") else page.status
