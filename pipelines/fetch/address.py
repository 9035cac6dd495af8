"""The text of a web address. What belongs here: comparing, naming and showing addresses. What does not: asking them.

An address that is shown or logged carries no credentials: ``redact`` is the one place that takes them out.
"""

import re
from urllib.parse import urlsplit, urlunsplit

# Query keys whose value is a secret, whatever stands around the word: ``api_key``, ``X-Amz-Signature``, ``access-token``.
_SECRET = re.compile(
    r"(?:^|[_.-])(?:key|apikey|token|sig|signature|secret|password|passwd|pwd|auth|credential|session|sessionid)$"
    r"|^(?:accesstoken|authtoken|clientsecret|jsessionid|phpsessid|sid)$",
    re.IGNORECASE,
)
_FIELD = re.compile(r"([^&;=]+)=([^&;]*)")
HIDDEN = "***"


def redact(url: str) -> str:
    """Return ``url`` without user and password, and with the values of secret query keys hidden."""
    if not any(mark in url for mark in "@?#"):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(r"(//)[^/]*@|[?#].*", r"\1", url)
    host = parts.netloc.rpartition("@")[2]
    query, fragment = (_FIELD.sub(_hide, text) for text in (parts.query, parts.fragment))
    return urlunsplit(parts._replace(netloc=host, query=query, fragment=fragment))


def bare_host(host: str) -> str:
    """Return ``host`` in small letters, without a leading ``www.``, brackets or trailing dot: what hosts are compared by."""
    return host.lower().strip("[]").rstrip(".").removeprefix("www.")


def _hide(field: re.Match[str]) -> str:
    name, value = field.groups()
    return f"{name}={HIDDEN}" if value and _SECRET.search(name) else field.group()
