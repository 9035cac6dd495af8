"""Tableau: one Hyper file, and a data source (.tds) for each flat table. What belongs here: these two forms.

What does not: the tables (``marts``, ``sheets``). Hyper files are written by pantab, an extra, which brings Tableau's own engine; it works
offline and reports nothing. A data source names types, captions and what each column means; it looks for the Hyper file beside it.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape, quoteattr

from pipelines.export.marts import DAY, FLAG, INTEGERS, NUMBER, TEXT, Marts
from pipelines.export.sheets import Sheet, load
from pipelines.export.snapshot import FLAT

NAME = "loadpath.hyper"
_TYPES = {TEXT: "string", NUMBER: "real", FLAG: "boolean", DAY: "date"} | dict.fromkeys(INTEGERS, "integer")


class Tableau:
    """``tableau/loadpath.hyper``, ``tableau/<sheet>.tds``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write all tables into one Hyper file, and the data sources."""
        import pantab

        to = folder / "tableau"
        to.mkdir()
        sheets = load(marts.con)
        selects = {table.name: table.select for table in marts.tables.values()}
        selects |= {f"{FLAT}{sheet.name}": sheet.select for sheet in sheets}
        tables = {name: marts.con.sql(select).to_arrow_table() for name, select in selects.items()}
        # The engine writes a log into the working folder unless it is given another.
        with TemporaryDirectory() as logs:
            try:
                pantab.frames_to_hyper(tables, to / NAME, process_params={"log_dir": logs})
            except RuntimeError as error:
                raise OSError(f"Tableau's engine says: {str(error).splitlines()[0]}") from None
        for sheet in sheets:
            text = "\n".join(_source(sheet)) + "\n"
            (to / f"{sheet.name}.tds").write_text(text, encoding="utf-8", newline="\n")


def _source(sheet: Sheet) -> Iterator[str]:
    table = f"{FLAT}{sheet.name}"
    yield "<?xml version='1.0' encoding='utf-8' ?>"
    yield f"<datasource formatted-name={quoteattr(f'Loadpath: {sheet.title}')} inline='true' version='18.1'>"
    yield "  <connection class='federated'>"
    yield "    <named-connections>"
    yield "      <named-connection caption='loadpath' name='hyper.loadpath'>"
    yield f"        <connection authentication='auth-none' class='hyper' dbname='{NAME}' default-settings='yes' schema='public' />"
    yield "      </named-connection>"
    yield "    </named-connections>"
    yield f"    <relation connection='hyper.loadpath' name='{table}' table='[public].[{table}]' type='table' />"
    yield "  </connection>"
    for name, (kind, described) in sheet.columns.items():
        is_number = kind not in (TEXT, FLAG, DAY)
        role, scale = (
            ("measure", "quantitative") if is_number else ("dimension", "ordinal" if kind == DAY else "nominal")
        )
        caption = name.replace("_", " ").capitalize()
        yield f"  <column caption={quoteattr(caption)} datatype='{_TYPES[kind]}' name='[{name}]' role='{role}' type='{scale}'>"
        yield f"    <desc><formatted-text><run>{escape(described.meaning)}</run></formatted-text></desc>"
        yield "  </column>"
    yield "</datasource>"
