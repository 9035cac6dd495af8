"""Small inline XBRL filings for tests: contexts by members and period, numbers in sentences and rows."""

from datetime import date

from pipelines.parse.read import read_document
from pipelines.records import Document

AXES = {
    "type": "us-gaap:ConcentrationRiskByTypeAxis",
    "of": "us-gaap:ConcentrationRiskByBenchmarkAxis",
    "who": "srt:MajorCustomersAxis",
    "place": "srt:StatementGeographicalAxis",
    "party": "srt:CounterpartyNameAxis",
    "investee": "us-gaap:ScheduleOfEquityMethodInvestmentEquityMethodInvesteeNameAxis",
    "range": "srt:RangeAxis",
}
YEAR, LAST_YEAR = (date(2024, 1, 29), date(2025, 1, 26)), (date(2023, 1, 30), date(2024, 1, 28))
NOW, THEN = (None, YEAR[1]), (None, LAST_YEAR[1])


class Filing:
    """Collects contexts while a body is written, then reads the whole as a 10-K of AMD for the year to 26 January 2025."""

    def __init__(
        self, name: str = "ADVANCED MICRO DEVICES, INC.", cik: str = "0000002488", end: str = "2025-01-26"
    ) -> None:
        self._contexts: list[str] = []
        self._cover = {"EntityRegistrantName": name, "EntityCentralIndexKey": cik, "DocumentPeriodEndDate": end}

    def share(self, words: str, concept: str = "ConcentrationRiskPercentage1", period=YEAR, **members: str) -> str:
        """Return a tagged percentage ("12" of 12%)."""
        return self._fact(words, concept, "pure", -2, period, members)

    def amount(self, words: str, concept: str, scale: int = 6, period=NOW, **members: str) -> str:
        """Return a tagged amount in dollars, ``words`` times ten to the power of ``scale``."""
        return self._fact(words, concept, "usd", scale, period, members)

    def read(self, body: str, focus: str = "2025", form: str = "10-K") -> Document:
        """Return the document that has ``body``."""
        return read_document(self.html(body, focus, form).encode(), "amd-20250126.htm")

    def html(self, body: str, focus: str = "2025", form: str = "10-K") -> str:
        """Return the page that has ``body``."""
        fields = {
            **self._cover,
            "DocumentType": form,
            "DocumentFiscalYearFocus": focus,
            "DocumentFiscalPeriodFocus": "FY" if form == "10-K" else "Q3",
        }
        cover = "".join(
            f'<ix:nonNumeric contextRef="cover" name="dei:{name}">{value}</ix:nonNumeric>'
            for name, value in fields.items()
        )
        contexts = "".join([_context("cover", YEAR, {}), *self._contexts])
        units = "".join(
            f'<xbrli:unit id="{name}"><xbrli:measure>{measure}</xbrli:measure></xbrli:unit>'
            for name, measure in (("usd", "iso4217:USD"), ("pure", "xbrli:pure"))
        )
        return (
            f'<html><body><div style="display:none"><ix:header><ix:hidden>{cover}</ix:hidden>'
            f"<ix:resources>{contexts}{units}</ix:resources></ix:header></div>{body}</body></html>"
        )

    def _fact(self, words: str, concept: str, unit: str, scale: int, period, members: dict[str, str]) -> str:
        name = f"c{len(self._contexts)}"
        self._contexts.append(_context(name, period, {AXES[key]: member for key, member in members.items()}))
        full = concept if ":" in concept else f"us-gaap:{concept}"
        return (
            f'<ix:nonFraction contextRef="{name}" name="{full}" unitRef="{unit}" decimals="2" scale="{scale}" '
            f'format="ixt:num-dot-decimal">{words}</ix:nonFraction>'
        )


def _context(name: str, period, members: dict[str, str]) -> str:
    start, end = period
    dates = f"<xbrli:instant>{end}</xbrli:instant>" if start is None else (
        f"<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"
    )  # fmt: skip
    explicit = "".join(
        f'<xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember>'
        for axis, member in members.items()
    )
    segment = f"<xbrli:segment>{explicit}</xbrli:segment>" if explicit else ""
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000002488'
        f"</xbrli:identifier>{segment}</xbrli:entity><xbrli:period>{dates}</xbrli:period></xbrli:context>"
    )
