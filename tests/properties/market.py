"""Small markets for properties: documents that arrive day by day with claims about a few registered parties, as parts of a home."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import stable_id
from pipelines.records import Claim, Document, Party
from pipelines.settings import Settings, load_settings
from pipelines.warehouse import stages, store
from pipelines.warehouse.parts import Parts, claim_row, document_row

FIRST = date(2026, 1, 1)
PERIODS = [
    (None, None),
    (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2024, 7, 1), date(2025, 6, 30)),
    (date(2025, 1, 1), date(2025, 12, 31)),
    (date(2025, 1, 1), None),
]
PARTIES = {"nvidia": "NVIDIA", "tsmc": "TSMC", "dell": "Dell"}


@dataclass(frozen=True)
class Said:
    """One claim to come, as its document makes it."""

    subject: str
    predicate: str
    object: str
    polarity: str
    modality: str
    share: str
    period: int
    side: str
    tier: str


@dataclass(frozen=True)
class Arrival:
    """A document that comes on a day (counted from FIRST) at an address of its own, and perhaps is gone some days later."""

    day: int
    publisher: str
    said: tuple[Said, ...]
    gone_after: int | None
    signature: int


said = st.builds(
    Said,
    subject=st.just("nvidia"),
    predicate=st.sampled_from(["SUPPLIES", "DEPENDS_ON", "OWNS"]),
    object=st.sampled_from(["tsmc", "dell"]),
    polarity=st.sampled_from(["positive", "positive", "negative"]),
    modality=st.sampled_from(["asserted", "asserted", "hedged", "historical"]),
    share=st.sampled_from(["", "14%", "13.6%", "20%", "≥10%"]),
    period=st.sampled_from(range(len(PERIODS))),
    side=st.sampled_from(["subject", "object", "third_party"]),
    tier=st.sampled_from(["fact", "fact", "candidate"]),
) | st.builds(
    # The mirror: what NVIDIA's customer or supplier says from the other end.
    Said,
    subject=st.just("dell"),
    predicate=st.just("DEPENDS_ON"),
    object=st.just("nvidia"),
    polarity=st.just("positive"),
    modality=st.just("asserted"),
    share=st.just(""),
    period=st.just(0),
    side=st.just("subject"),
    tier=st.just("fact"),
)
arrivals = st.lists(
    st.builds(
        Arrival,
        day=st.integers(0, 4),
        publisher=st.sampled_from(["Wire", "Paper", "Blog"]),
        said=st.lists(said, min_size=1, max_size=3, unique=True).map(tuple),
        gone_after=st.none() | st.integers(1, 3),
        signature=st.integers(0, 3),
    ),
    min_size=3,
    max_size=6,
)


def home(folder: Path, arrived: list[Arrival], until: int, random: Random | None = None) -> Settings:
    """Return a home in which everything of ``arrived`` up to day ``until`` is built and published; ``random`` shuffles the log."""
    settings = load_settings(folder, {"LOADPATH_JOBS": "1"})
    documents, claims = Parts(settings.parts, "documents"), Parts(settings.parts, "claims")
    log: list[Fetch] = []
    for number, arrival in enumerate(arrived):
        if arrival.day > until:
            continue
        document, found = _document(number, arrival)
        documents.write(document.sha256, "k", [document_row(document)])
        claims.write(document.sha256, "k", [claim_row(claim) for claim in found])
        log += [
            fetch for fetch in _fetches(number, arrival, document.sha256) if fetch.fetched_at[:10] <= str(_day(until))
        ]
    for stage in ("documents", "claims", "refusals", "claim_refusals"):
        Parts(settings.parts, stage).keep_only(list((settings.parts / stage).glob("*.parquet")))
    for fetch in log:
        Archive(settings.archive).record(fetch)
    if random:
        lines = (path := settings.archive / "fetches.jsonl").read_text().splitlines(keepends=True)
        random.shuffle(lines)
        path.write_text("".join(lines))
    stages.build_core(settings)
    stages.build_marts(settings)
    return settings


def rows(settings: Settings, sql: str) -> list[dict[str, object]]:
    with store.connection(settings.warehouse) as con:
        return store.rows(con, sql)


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _fetches(number: int, arrival: Arrival, sha256: str) -> list[Fetch]:
    url = f"https://example.com/{number}"
    found = [Fetch(url, url, sha256, f"{_day(arrival.day)}T00:00:00.000000+00:00", 200, "test")]
    if arrival.gone_after is not None:
        for hour in (1, 2):
            when = f"{_day(arrival.day + arrival.gone_after)}T0{hour}:00:00.000000+00:00"
            found.append(Fetch(url, url, "", when, 404, "test"))
    return found


def _document(number: int, arrival: Arrival) -> tuple[Document, list[Claim]]:
    sha256 = stable_id("", number, repr(arrival))
    text, found = "", []
    for each in arrival.said:
        quote = f"{each.subject} {each.predicate} {each.object} {each.share}."
        found.append(_claim(sha256, each, len(text), quote))
        text += quote + "\n"
    # Every signature agrees with the next one in nine tenths of its places, so that copies form chains.
    signature = (
        tuple(7 if place // 13 < arrival.signature else place for place in range(128)) if arrival.signature else ()
    )
    fields = {"publisher": arrival.publisher, "published": _day(arrival.day), "signature": signature}
    return Document(
        sha256=sha256, kind="article", text=text, blocks=(), url=f"https://example.com/{number}", **fields
    ), found


def _claim(sha256: str, each: Said, start: int, quote: str) -> Claim:
    share = {"share": each.share} if each.share else {}
    given = {
        "SUPPLIES": {"benchmark": "revenue", **share},
        "OWNS": {"percent": each.share} if each.share else {},
        "DEPENDS_ON": {},
    }
    valid_from, valid_to = PERIODS[each.period]
    return Claim(
        claim_id=stable_id("c_", sha256, repr(each), start),
        document_sha256=sha256,
        block=0,
        subject=Party(PARTIES[each.subject], PARTIES[each.subject], "Organization", each.subject, True),
        predicate=each.predicate,
        object=Party(PARTIES[each.object], PARTIES[each.object], "Organization", each.object, True),
        polarity=each.polarity,
        modality=each.modality,
        qualifiers=given[each.predicate],
        char_start=start,
        char_end=start + len(quote),
        quote=quote,
        section="",
        frame=(),
        valid_from=valid_from,
        valid_to=valid_to,
        valid_precision="fiscal_year" if valid_from else "unknown",
        disclosed_by=each.side,
        tier=each.tier,
        confidence=0.8,
        confidence_parts={},
        method="rule:test",
        extractor_version="test",
    )
