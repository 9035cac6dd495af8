"""PDFs with a text layer: order, columns, furniture, hyphens, headings, metadata; what is refused, and why."""

import pytest

from graph.errors import InputRefusedError
from pipelines.parse import pdf as pdf_reader
from pipelines.parse.read import read_document

Line = tuple[int, int, int, str]


def written(pages: list[list[Line]], info: str = "") -> bytes:
    """Return a PDF of one font: each line is (x, y, size, text)."""
    objects: list[bytes] = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    parent = 2 * len(pages) + 2
    kids = []
    for lines in pages:
        stream = b"BT\n"
        for x, y, size, text in lines:
            plain = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            stream += b"/F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj\n" % (size, x, y, plain)
        objects.append(b"<< /Length %d >>\nstream\n%sET\nendstream" % (len(stream) + 2, stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 1 0 R >> >> >>"
            % (parent, len(objects))
        )
    objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    objects.append(b"<< %s >>" % info.encode())
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        size - 2,
        size - 1,
        len(out),
    )
    return out + head + table + tail


def column(x: int, top: int, *lines: str) -> list[Line]:
    return [(x, top - 14 * number, 10, line) for number, line in enumerate(lines)]


FURNITURE = [(72, 760, 9, "Example Review - Spring"), (300, 40, 9, "1")]
TWO_COLUMNS = [
    *FURNITURE,
    (72, 700, 20, "Cooling at scale"),
    *column(72, 670, "Acme buys its pumps from Bolt and has", "bought them for six years. The infra-", "structure needs long-term contracts,",
            "which Acme signs with three firms in", "the region. Bolt also sells pumps to", "Dyna, which runs the largest halls and"),
    *column(320, 670, "needs them for its own racks in Ohio.", "Volt supplies the busbars under a deal", "of ten years. The long-term plan names",
            "two more vendors of busbars, and both", "of them ship from Mexico, by rail, to", "the sites in Texas, which Acme"),
]  # fmt: skip
SECOND = [
    (72, 760, 9, "Example Review - Spring"),
    *column(
        72,
        700,
        "leases from a fund. The halls stand on a field that belonged to the town until the spring.",
        "It ends here.",
    ),
    *column(72, 640, "• Bolt: pumps", "• Volt: busbars"),
    (300, 40, 9, "2"),
]


def read(pages, info="", name="a.pdf"):
    document = read_document(written(pages, info), name)
    return document, [(b.kind, document.text_of(b)) for b in document.blocks]


def test_columns_pages_hyphens_and_furniture():
    document, blocks = read(
        [TWO_COLUMNS, SECOND], "/Title (Cooling) /Author (Ann Lee) /CreationDate (D:20310506090000Z)"
    )

    assert blocks == [
        ("heading", "Cooling at scale"),
        (
            "paragraph",
            "Acme buys its pumps from Bolt and has bought them for six years. The infrastructure needs long-term contracts, "
            "which Acme signs with three firms in the region. Bolt also sells pumps to Dyna, which runs the largest halls and "
            "needs them for its own racks in Ohio. Volt supplies the busbars under a deal of ten years. The long-term plan names "
            "two more vendors of busbars, and both of them ship from Mexico, by rail, to the sites in Texas, which Acme "
            "leases from a fund. The halls stand on a field that belonged to the town until the spring. It ends here.",
        ),
        ("list_item", "Bolt: pumps"),
        ("list_item", "Volt: busbars"),
    ]
    assert (document.title, document.author, str(document.published)) == ("Cooling", "Ann Lee", "2031-05-06")
    assert document.meta_from["title"] == "pdf"


def test_a_pdf_is_known_by_its_first_bytes():
    assert read([column(72, 700, "Acme buys pumps from Bolt.")], name="https://example.org/download?id=7")[1] == [
        ("paragraph", "Acme buys pumps from Bolt.")
    ]


def test_cells_of_a_table_are_not_taken_for_columns():
    rows = [
        line for n in range(8) for line in ((72, 700 - 14 * n, 10, f"Part {n}"), (400, 700 - 14 * n, 10, f"{n} MW"))
    ]
    head = [(72, 714, 10, "Part"), (400, 714, 10, "Power")]

    document, blocks = read([[*head, *rows]])

    assert blocks[:3] == [
        ("table_header", "Part | Power"),
        ("table_row", "Part 0 | 0 MW"),
        ("table_row", "Part 1 | 1 MW"),
    ]
    assert document.blocks[1].header == 0


def test_paragraphs_are_parted_by_space():
    lines = [
        *column(72, 700, "Acme buys pumps from Bolt, as it has", "done for years."),
        *column(72, 640, "Volt sells busbars."),
    ]

    assert read([lines])[1] == [
        ("paragraph", "Acme buys pumps from Bolt, as it has done for years."),
        ("paragraph", "Volt sells busbars."),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (written([[]]), "a scan: its pages have no text layer"),
        (b"%PDF-1.4 and nothing more", "a broken PDF"),
        (written([TWO_COLUMNS])[:300], "a broken PDF"),
        (written([TWO_COLUMNS]).replace(b"trailer <<", b"trailer << /Encrypt << /Filter /Standard /V 1 /R 2 /O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b") /P -4 >> /ID [(a) (a)]"), "encrypted"),
        (b"hello", "not a PDF"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_reason(data, reason):
    with pytest.raises(InputRefusedError, match=reason):
        read_document(data, "a.pdf")


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 1)

    with pytest.raises(InputRefusedError, match="2 pages; at most 1"):
        read([TWO_COLUMNS, SECOND])
