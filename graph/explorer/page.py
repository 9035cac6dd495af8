"""The page as one text: HTML with its style and scripts inside. What belongs here: putting the files together, and the page's policy.

What does not: what they do (``page/*``), and serving the page (``server``).
"""

import base64
import hashlib
from pathlib import Path

PAGE = Path(__file__).with_name("page")
SCRIPTS = ("market.js", "state.js", "reach.js", "shapes.js", "draw.js", "panel.js", "reader.js", "hands.js", "main.js")


def page(data: str = "") -> tuple[str, str]:
    """Return the page and its content security policy; ``data`` is JSON to hold inside, none where the page is to ask its server.

    Nothing of ``data`` can end the element that holds it.
    """
    style = _read("explorer.css")
    scripts = [_read(name) for name in SCRIPTS]
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(_hash(script) for script in scripts)}",
            f"style-src {_hash(style)}",
            f"connect-src {_connect(data)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            # No text can become markup or script, whatever a script of the page should do with it.
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    held = f'<script type="application/json" id="market">{inert(data)}</script>' if data else ""
    parts = {
        "policy": policy,
        "style": f"<style>{style}</style>",
        "scripts": held + "".join(f"<script>{script}</script>" for script in scripts),
    }
    text = _read("explorer.html")
    before, text = text.split("<!--policy-->")
    middle, text = text.split("<!--style-->")
    body, after = text.split("<!--scripts-->")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{parts["policy"]}">'
    return before + meta + middle + parts["style"] + body + parts["scripts"] + after, policy


def inert(data: str) -> str:
    """Return JSON in which nothing reads as markup: no text of a document can close the element around it."""
    return data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _connect(data: str) -> str:
    return "'none'" if data else "'self'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")
