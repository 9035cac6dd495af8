"""Tables: header rows merged by column, signs, groups, units; each cell addressable."""

from tests.unit.test_html import filing, kinds

STATEMENT = """<p>The table shows revenue by market (in millions, except per share data):</p><table>
<tr><td colspan="3"></td><td colspan="6">Three Months Ended</td></tr>
<tr><td colspan="3"></td><td colspan="3">April 30, 2025</td><td colspan="3">April 28, 2024</td></tr>
<tr><td colspan="3">Markets:</td><td colspan="3"></td><td colspan="3"></td></tr>
<tr><td colspan="3">Racks</td><td>$</td><td>1,234</td><td></td><td>$</td><td>(56</td><td>)</td></tr>
<tr><td colspan="3">Growth</td><td colspan="2">12</td><td>%</td><td colspan="2">(3</td><td>)%</td></tr>
<tr><td colspan="3">Total markets</td><td colspan="2">1,234</td><td></td><td colspan="2">—</td><td></td></tr>
<tr><td colspan="3">Other</td><td colspan="2">7</td><td></td><td colspan="2">8</td><td></td></tr></table>"""


def cells(canonical, block):
    return [(cell.column, canonical.text[cell.start : cell.end]) for cell in block.cells]


def test_a_statement():
    canonical = filing(STATEMENT)

    caption, header, markets, racks, growth, total, other = canonical.blocks
    assert cells(canonical, header) == [
        (3, "Three Months Ended April 30, 2025"),
        (6, "Three Months Ended April 28, 2024"),
    ]
    assert cells(canonical, racks) == [(0, "Racks"), (3, "$1,234"), (6, "$(56)")]
    assert cells(canonical, growth) == [(0, "Growth"), (3, "12%"), (6, "(3)%")]
    assert [block.header for block in (racks, other)] == [header.index, header.index]
    # The caption introduces the table and says its unit.
    assert (racks.caption, racks.unit) == (caption.index, caption.index)
    # Rows below a label belong to it up to its total.
    assert [block.lead_in for block in (markets, racks, growth, total, other)] == [
        None, markets.index, markets.index, markets.index, None,
    ]  # fmt: skip


def test_the_unit_may_stand_in_the_header_or_in_a_line_above():
    inside = filing("<table><tr><td>(In thousands)</td><td>2024</td></tr><tr><td>Racks</td><td>5</td></tr></table>")
    assert kinds(inside)[0] == ("table_header", "(In thousands) | 2024")
    assert inside.blocks[1].unit == 0

    above = filing(
        "<p><b>Balance sheets</b></p><p><b>(In millions)</b></p><p><b>(Unaudited)</b></p>"
        "<table><tr><td></td><td>2024</td></tr><tr><td>Racks</td><td>5</td></tr></table>"
        "<p>Nothing is said of this one.</p><table><tr><td></td><td>2024</td></tr><tr><td>Sites</td><td>5</td></tr></table>"
    )
    assert [block.unit for block in above.blocks if block.kind == "table_row"] == [1, None]


def test_a_title_over_the_whole_table_is_a_header_row_of_its_own():
    canonical = filing(
        '<table><tr><td colspan="3">Sites of the group</td></tr><tr><td></td><td>MW</td><td>Halls</td></tr>'
        "<tr><td>Oak</td><td>40</td><td>2</td></tr></table>"
    )

    assert kinds(canonical) == [
        ("table_header", "Sites of the group"), ("table_header", "MW | Halls"), ("table_row", "Oak | 40 | 2"),
    ]  # fmt: skip
    assert canonical.blocks[2].header == 1


def test_a_cell_over_two_rows_moves_the_cells_below_it():
    canonical = filing(
        '<table><tr><td rowspan="2"><b>Site</b></td><td colspan="2"><b>Power</b></td></tr><tr><td><b>MW</b></td><td><b>PUE</b></td></tr>'
        "<tr><td>Oak</td><td>40</td><td>1.2</td></tr></table>"
    )

    assert cells(canonical, canonical.blocks[0]) == [(0, "Site"), (1, "Power MW"), (2, "Power PUE")]
    assert cells(canonical, canonical.blocks[1]) == [(0, "Oak"), (1, "40"), (2, "1.2")]


def test_a_table_of_contents_is_left_out_but_small_numbers_are_not_one():
    contents = "".join(f"<tr><td>Item {n}.</td><td>Title {n}</td><td>{n * 3}</td></tr>" for n in range(1, 9))
    numbers = "".join(f"<tr><td>Site {n}</td><td>{n * 3}</td></tr>" for n in range(1, 9))

    assert kinds(filing(f"<table>{contents}</table>")) == []
    assert len(filing(f"<table>{numbers}</table>").blocks) == 8


def test_a_table_of_words_has_a_header_only_where_it_is_marked():
    plain = "<table><tr><td>Oak</td><td>Bolt</td></tr><tr><td>Elm</td><td>Volt</td></tr></table>"

    assert [kind for kind, _ in kinds(filing(plain))] == ["table_row", "table_row"]
    assert [kind for kind, _ in kinds(filing(plain.replace("<td>Oak</td><td>Bolt</td>", "<th>Oak</th><th>Bolt</th>")))] == [
        "table_header", "table_row",
    ]  # fmt: skip
