"""The small parts of fetching: addresses without credentials, public addresses, pauses, bounded decoding."""

import gzip
import pickle
from datetime import UTC, datetime

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputRefusedError
from pipelines.fetch import inputs
from pipelines.fetch.address import bare_host, redact
from pipelines.fetch.asking import retry_after
from pipelines.fetch.decoding import Body, BrokenCodingError, TooLargeError, gunzip
from pipelines.fetch.guard import is_public
from pipelines.fetch.request import WebRefusedError


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://h/a?id=1", "https://h/a?id=1"),
        ("https://me:pw@h:8/a", "https://h:8/a"),
        ("https://h/a?id=1&token=x&b=2", "https://h/a?id=1&token=***&b=2"),
        ("https://h/a?API-KEY=x;sig=y", "https://h/a?API-KEY=***;sig=***"),
        ("https://h/?X-Amz-Signature=x&X-Amz-Credential=y&X-Amz-Date=z", "https://h/?X-Amz-Signature=***&X-Amz-Credential=***&X-Amz-Date=z"),
        ("https://h/?monkey=1&keyword=2&signatures=3&token=", "https://h/?monkey=1&keyword=2&signatures=3&token="),
        ("https://h/a?b#access_token=x&c=d", "https://h/a?b#access_token=***&c=d"),
        ("https://h/a@b", "https://h/a@b"),
        ("https://[me:pw@h/?token=x", "https://h/"),
        ("file:///notes/a%3Fb.md", "file:///notes/a%3Fb.md"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_credentials(url, shown):
    assert redact(url) == shown
    assert redact(shown) == shown


def test_hosts_are_compared_without_www_case_and_final_dot():
    assert bare_host("WWW.Site.Example.") == bare_host("site.example") == "site.example"


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::"]
)
def test_public_addresses_are_public_inside_of_others_too(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
        *("255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1"),
        *("::", "::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "64:ff9b:1::1"),
    ],
)
def test_other_addresses_are_not(address):
    assert not is_public(address)


ANY_TIME = settings(deadline=None)
NOW = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 01 Jan 2025 00:01:00 GMT", 60.0),
        ("Wed, 01 Jan 2025 00:01:00 -0000", 60.0),
        ("Tue, 31 Dec 2024 00:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("1e9", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert retry_after(value, NOW) == seconds


def test_a_refusal_walks_between_processes_whole():
    error = pickle.loads(pickle.dumps(WebRefusedError("https://h/", "answers 403", 403, "allowed")))

    assert (str(error), error.status, error.robots) == ("https://h/: answers 403", 403, "allowed")


def pack(data, coding):
    if coding == "br":
        return brotli.compress(data, quality=1)
    middle = len(data) // 2  # two members, as some servers append them
    return gzip.compress(data[:middle]) + gzip.compress(data[middle:])


bodies = st.builds(lambda seed, times: seed * times, st.binary(max_size=40), st.integers(0, 100_000))


@ANY_TIME
@given(bodies, st.sampled_from(["gzip", "br"]), st.integers(1, 5000))
def test_a_body_is_the_same_however_it_is_cut(data, coding, step):
    packed = pack(data, coding)
    body = Body(coding, len(data))
    for start in range(0, len(packed), step):
        body.add(packed[start : start + step])

    assert body.whole() == data


@ANY_TIME
@given(bodies.filter(bool), st.sampled_from(["gzip", "br", "identity"]), st.integers(0, 10_000))
def test_a_body_past_its_limit_stops_there(data, coding, less):
    limit = max(0, len(data) - 1 - less)
    body = Body(coding, limit)
    with pytest.raises(TooLargeError):
        body.add(data if coding == "identity" else pack(data, coding))

    assert body.so_far() == data[:limit]


@ANY_TIME
@given(bodies.filter(bool), st.sampled_from(["gzip", "br"]))
def test_a_body_that_is_cut_short_is_broken(data, coding):
    body = Body(coding, len(data))
    body.add(pack(data, coding)[:-1])

    with pytest.raises(BrokenCodingError):
        body.whole()


def test_a_bomb_in_the_second_member_of_a_file_is_stopped_too(monkeypatch):
    monkeypatch.setattr(inputs, "MAX_BYTES", 1000)

    with pytest.raises(InputRefusedError, match="unpacks to more than"):
        inputs.decompress(gzip.compress(b"text") + gzip.compress(b"x" * 2000), "bomb.gz")


def test_padding_after_a_gzip_file_is_passed_over():
    assert gunzip(gzip.compress(b"text") + b"\0" * 100, 10) == b"text"
