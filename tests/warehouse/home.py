"""A small home made of parts, so that a test of publication neither parses nor reads. What belongs here: its documents and claims."""

from datetime import date

from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import sha256_hex, stable_id
from pipelines.records import Block, Claim, Document, Party
from pipelines.warehouse import stages, store
from pipelines.warehouse.parts import SCHEMAS, Parts, claim_row, document_row

# Names that the registry knows; others are of their document alone until something says which company they are.
REGISTERED = {"NVIDIA": "nvidia", "Dell": "dell", "TSMC": "tsmc", "AMD": "amd"}


class Home:
    """Writes parts below ``settings``. A document is a name and what it says: pairs (supplier, customer)."""

    def __init__(self, settings):
        self.settings = settings
        self.archive = Archive(settings.archive)
        self.held = {}
        for stage in SCHEMAS:
            parts = Parts(settings.parts, stage)
            parts.keep_only(parts.folder.glob("*.parquet"))

    def put(self, name, pairs, day=1, tier="fact"):
        """Put the document of that name, in place of the one that had it before."""
        lines = [f"{supplier} supplies {customer}." for supplier, customer in pairs]
        head = f"Note {name} on An Unknown Maker, Inc., a Delaware corporation, and Dell (LSE: DLL)."
        text = "\n".join([head, *lines])
        sha256 = sha256_hex(text.encode())
        fetch = Fetch(
            f"https://example.org/{name}", f"{name}.md", sha256, f"2025-01-{day:02}T00:00:00+00:00", 200, "added"
        )
        self.archive.keep(text.encode(), fetch)
        starts = [text.index(line, len(head)) for line in lines]
        blocks = tuple(
            Block(i, "paragraph", s, s + len(line)) for i, (s, line) in enumerate(zip(starts, lines, strict=True))
        )
        document = Document(
            sha256, "note", text, blocks, title=name, publisher="A", published=date(2025, 1, day), url=fetch.url
        )
        claims = {
            pair: claim(sha256, i, pair, start, line, tier)
            for i, (pair, start, line) in enumerate(zip(pairs, starts, lines, strict=True))
        }
        self.drop(name)
        key = stable_id("", name, day, tier)
        Parts(self.settings.parts, "documents").write(sha256, key, [document_row(document)])
        Parts(self.settings.parts, "claims").write(sha256, key, [claim_row(each) for each in claims.values()])
        self.held[name] = sha256

    def drop(self, name):
        """Take the parts of a document away, as when it can no longer be read."""
        for stage in ("documents", "claims"):
            for path in (self.settings.parts / stage).glob(f"{self.held.get(name, '-')}.*"):
                path.unlink()
        self.held.pop(name, None)

    def publish(self, accept=()):
        """Build and publish; return the outcome."""
        stages.build_core(self.settings)
        return stages.build_marts(self.settings, accept)

    def rows(self, sql):
        """Return rows of the published warehouse, each a tuple."""
        with store.connection(self.settings.warehouse) as con:
            return con.execute(sql).fetchall()


def claim(sha256, block, pair, start, line, tier):
    supplier, customer = (Party(name, name, "Organization", REGISTERED.get(name, "")) for name in pair)
    return Claim(
        claim_id=stable_id("c", sha256, pair),
        document_sha256=sha256,
        block=block,
        subject=supplier,
        predicate="SUPPLIES",
        object=customer,
        polarity="positive",
        modality="asserted",
        qualifiers={},
        char_start=start,
        char_end=start + len(line),
        quote=line,
        section="",
        frame=(),
        valid_from=None,
        valid_to=None,
        valid_precision="unknown",
        disclosed_by="third_party",
        tier=tier,
        confidence=0.9,
        confidence_parts={},
        method="rule:test",
        extractor_version="1",
    )


def contents(path):
    """Return every table of a warehouse as its rows in an order of their own."""
    with store.connection(path) as con:
        return {t: sorted(map(repr, con.execute(f"SELECT * FROM {t}").fetchall())) for t in store.counts(con)}
