"""A small web site on loopback for tests: pages by path, ETag and 304, statuses on demand, and a log of what was asked."""

import hashlib
import http.server
import threading


class Site:
    def __init__(self, pages=()):
        self.pages = dict(pages)
        self.log = []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def put(self, path, body):
        """Serve ``body`` at ``path``; ``{site}`` in it stands for the site's address, a number is a status."""
        self.pages[path] = body

    def asked(self):
        """Return (status, path) of each request since the last call, robots.txt left out, in order of path."""
        found, self.log = [entry for entry in self.log if entry[1] != "/robots.txt"], []
        return sorted(found)

    def _handler(self):
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                page = site.pages.get(self.path, 404)
                body = b"" if isinstance(page, int) else page.replace("{site}", site.url).encode()
                etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                status = page if isinstance(page, int) else 304 if self.headers.get("If-None-Match") == etag else 200
                site.log.append((status, self.path))
                self.send_response(status)
                if status in (200, 304):
                    self.send_header("ETag", etag)
                if status != 304:
                    kind = "application/xml" if self.path.endswith(".xml") else "text/html; charset=utf-8"
                    self.send_header("Content-Type", "text/plain" if self.path.endswith(".txt") else kind)
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler
