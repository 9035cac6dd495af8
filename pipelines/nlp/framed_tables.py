"""Table rows in their frame: the table read as a whole. What belongs here: which column is the subject, which carries a
predicate, which qualifies, and rows of key and value.

What does not: concentration and obligations of filings (their own readers), numbers as metrics.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.nlp import framed_risks
from pipelines.nlp.cues import Cue, column_cue, cue_of, plain
from pipelines.nlp.framed_fragments import directed, fragment_readings
from pipelines.nlp.framed_items import frame_cue, listed_members
from pipelines.nlp.framed_reading import reading
from pipelines.nlp.members import facility, members_in, organizations, words
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.nlp.slots import buys_from, heading_party, other_side, sides
from pipelines.records import Cell, Party

# A cell with more words than this tells about its row; it lists no members.
_LONGEST_LIST = 14
# How many further words a cell of names may hold.
_FURTHER_WORDS = 2
_ARROW = "→"
_BRACKETED = re.compile(r"\([^()]*\)")
# A label whose member is the party that the heading above names ("Deal value" below "A deal").
_OF_HEADING = "heading"
# How sure a column of owners beside organizations is, and a share in a table of investors.
_FROM_OWNER = 0.68
_FROM_STAKE = 0.68
# Last words of a header that tells which part a party plays.
_PARTS = ("role", "relationship", "relation")
# "Acme's 80% interest" among what was acquired: the name is the seller's.
_SELLERS = re.compile(r"['’]s\b")
# "No known investment": the row only says that there is none.
_NONE = re.compile(r"(?:no|none)\b", re.I)
_PRICED = re.compile(r"[$€£¥]\s?\d")
_SIZED = re.compile(r"[$€£¥]\s?\d|\d\s?(?:[BMT]n?\b|[kMG]W\b|%|billion|million|trillion)", re.I)


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the claims of one table row."""
    if not view.block.cells:
        return
    titles = _titles(view)
    own = row_party(view, titles)
    carried = [*_columns(view, titles, own), *_chained(view, titles, own)]
    yield from carried
    compared = _parties_compared(view, titles)
    yield from _key_value(view, titles) if not compared else _compared(view, compared)
    if not carried:
        yield from _below_cue(view, titles)
    yield from _role(view, titles, own)
    yield from _stakes(view, titles)
    yield from framed_risks.row(view, _names(view, titles), own)
    # What is told beside a competitor's name is of the competitor.
    told_of = _only_party(view, view.block.cells[0]) if column_cue(_names(view, titles), 0) else None
    for cell in view.block.cells:
        if cell.column > 0:
            nearest = own or told_of or compared.get(cell.column)
            yield from fragment_readings(view, cell.start, cell.end, nearest)


def _titles(view: BlockView) -> dict[int, Cell]:
    """Return the header cell of each column, by column."""
    if view.block.header is None:
        return {}
    return {cell.column: cell for cell in view.context.document.blocks[view.block.header].cells}


def _names(view: BlockView, titles: dict[int, Cell]) -> dict[int, str]:
    return {column: _text(view, cell) for column, cell in titles.items()}


def _title(view: BlockView, titles: dict[int, Cell], column: int) -> str:
    cell = titles.get(column)
    return view.context.document.text[cell.start : cell.end] if cell else ""


def row_party(view: BlockView, titles: dict[int, Cell]) -> Filled | None:
    """Return the organization that the row is about: the only one of its first cell, where no cue heads that column."""
    first = view.block.cells[0]
    cue = column_cue(_names(view, titles), 0)
    header = plain(_title(view, titles, 0))
    about = header in words("subject_columns") or (
        cue is not None and (cue.predicate, cue.member) == ("OPERATES", "subject")
    )
    if first.column != 0 or (cue and not about) or header in words("thing_columns"):
        return None
    return _only_party(view, first) or _party_beside(view, titles)


def _party_beside(view: BlockView, titles: dict[int, Cell]) -> Filled | None:
    """Return the organization of the column that tells whose row it is, where the first cell names nobody ("Chip | Company")."""
    first = view.block.cells[0]
    if organizations(view, first.start, first.end):
        return None
    names = _names(view, titles)
    told = [c for c in view.block.cells[1:] if plain(names.get(c.column, "")) in words("owner_columns")]
    return _only_party(view, told[0]) if len(told) == 1 and not column_cue(names, told[0].column) else None


def _only_party(view: BlockView, first: Cell) -> Filled | None:
    """Return the only organization that a cell names, or None."""
    named = organizations(view, first.start, first.end)
    if len({p.identity for p, _ in named}) != 1:
        return None
    party, mention = named[0]
    return Filled(party, "row", mention.start, mention.end)


def _columns(view: BlockView, titles: dict[int, Cell], own: Filled | None) -> Iterator[Reading]:
    """Yield the members of the columns whose header gives a predicate; two such columns of one predicate make pairs."""
    names = _names(view, titles)
    cued = [(c, _owned(cue, names, c.column, own)) for c in view.block.cells if (cue := column_cue(names, c.column))]
    rival = own or (_only_party(view, cued[0][0]) if cued and _lists_rivals(*cued[0]) else None)
    for cell, cue in cued:
        if len(_text(view, cell).split()) > _LONGEST_LIST or (cue.direction and cell.column == 0):
            continue
        # "A → B": who hands on to whom is no list.
        if _ARROW in _text(view, cell):
            continue
        members = _members(view, cell, cue)
        pair = next((c for c, q in cued if q.predicate == cue.predicate and q.member != cue.member), None)
        if pair is None and cue.unnamed:
            yield from _of_unnamed(view, cue, members, _frame(view, cue, titles[cell.column]))
            continue
        if pair is None and own and any(party.identity == own.party.identity for party in members):
            members = [party for party in members if party.identity != own.party.identity]
        if pair is not None and cue.member == "object":
            continue
        frame = _frame(view, cue, titles[cell.column])
        # "Parent" beside a rival's name is the rival's.
        for other in _others(view, members, pair, cue, rival if cell.column else own):
            for member in members if other.source != "heading" else _without_topic(view, members):
                yield reading(view, directed(view, cue, member, other), member, other, _row(view), frame, "column")


def _owned(cue: Cue, names: dict[int, str], column: int, own: Filled | None) -> Cue:
    """Return ``cue``, or that of ownership where a column of owners stands beside an organization and not beside a site."""
    if own is None or column == 0 or cue.predicate != "OPERATES" or plain(names.get(column, "")) not in words("owners"):
        return cue
    return Cue("OWNS", "subject", kind="stake", quality=_FROM_OWNER)


def _of_unnamed(view: BlockView, cue: Cue, members: list[Party], frame: Filled) -> Iterator[Reading]:
    """Yield what a column says of its members and of a party that the column only implies ("Issuer": those who lend)."""
    if not _PRICED.search(view.text):
        return
    other = Filled(
        Party(cue.unnamed, cue.unnamed, "AnonymousParty", named=False), "construction", frame.start, frame.end
    )
    for member in members:
        if member.named:
            yield reading(view, cue, member, other, _row(view), frame, "column")


def _chained(view: BlockView, titles: dict[int, Cell], own: Filled | None) -> Iterator[Reading]:
    """Yield the names of columns without a cue in a table of suppliers, where the chain of supply makes them suppliers too."""
    names = _names(view, titles)
    cues = {column: cue for column in names if (cue := column_cue(names, column))}
    if own is None or not any((cue.predicate, cue.member) == ("SUPPLIES", "subject") for cue in cues.values()):
        return
    for cell in view.block.cells[1:]:
        title = plain(names.get(cell.column, ""))
        if cell.column in cues or not title or set(title.split()) & words("not_supply"):
            continue
        members = members_in(view, cell.start, cell.end, registered=True) if _only_names(view, cell) else []
        for member in members:
            if buys_from(view, own.party, member):
                frame = Filled(
                    Party("SUPPLIES", title[:80], "Value"), "column", titles[cell.column].start, titles[cell.column].end
                )
                yield reading(view, Cue("SUPPLIES", "subject"), member, own, _row(view), frame, "chain")


def _only_names(view: BlockView, cell: Cell) -> bool:
    """Return whether a cell holds names and hardly another word outside of brackets."""
    text, at = "", cell.start
    for _, mention in organizations(view, cell.start, cell.end):
        text += view.context.document.text[at : mention.start]
        at = mention.end
    rest = _BRACKETED.sub(" ", text + view.context.document.text[at : cell.end])
    return at > cell.start and len(re.findall(r"[A-Za-z]{3,}", rest)) <= _FURTHER_WORDS


def _lists_rivals(cell: Cell, cue: Cue) -> bool:
    return cell.column == 0 and cue.predicate == "COMPETES_WITH"


def _members(view: BlockView, cell: Cell, cue: Cue) -> list[Party]:
    if cue.kind == "stake" and any(_NONE.match(_text(view, c)) for c in view.block.cells if c is not cell):
        return []
    if cue.kind == "acquired" and any(
        _SELLERS.match(view.context.document.text, m.end) for _, m in organizations(view, cell.start, cell.end)
    ):
        return []
    if cue.predicate != "OPERATES" or cue.member == "subject":
        return members_in(view, cell.start, cell.end, registered=bool(cue.direction) or cue.registered)
    site = None if any(p.key for p, _ in organizations(view, cell.start, cell.end)) else facility(_text(view, cell))
    return [site] if site else []


def _without_topic(view: BlockView, members: list[Party]) -> list[Party]:
    """Return ``members`` without the page's own party: below a heading of another it is a part of the story, not of a list."""
    topic = view.context.topic
    return [party for party in members if topic is None or party.identity != topic.party.identity]


def _others(view: BlockView, members: list[Party], pair: Cell | None, cue: Cue, own: Filled | None) -> list[Filled]:
    if pair is not None:
        return [Filled(p, "row", pair.start, pair.end) for p in _members(view, pair, replace(cue, member="object"))]
    other = other_side(view, members, own)
    return [other] if other else []


def _key_value(view: BlockView, titles: dict[int, Cell]) -> Iterator[Reading]:
    """Yield the members beside a row label that gives a predicate, in tables of key and value."""
    cells = view.block.cells
    if len(cells) < 2 or cells[0].column != 0 or len(_text(view, cells[1]).split()) > _LONGEST_LIST:
        return
    cue = cue_of(_text(view, cells[0]), "labels")
    if cue is None or any(column_cue(_names(view, titles), c) for c in titles):
        return
    if cue.unnamed:
        # A number without currency, scale or power is a row of something else ("Backlog | 0.83 | 6,700").
        if not _SIZED.search(_text(view, cells[1])):
            return
        named = heading_party(view) if cue.unnamed == _OF_HEADING else None
        if cue.unnamed == _OF_HEADING and named is None:
            return
        members = [named.party if named else Party(cue.unnamed, cue.unnamed, "AnonymousParty", named=False)]
    else:
        members = listed_members(view, cells[1].start, cells[1].end, cue)
    members, other = sides(view, members)
    for member in members if other else ():
        made = directed(view, cue, member, other)  # type: ignore[arg-type]
        yield reading(view, made, member, other, _row(view), _frame(view, cue, cells[0]), "label")  # type: ignore[arg-type]


def _parties_compared(view: BlockView, titles: dict[int, Cell]) -> dict[int, Filled]:
    """Return the only organization that each header names, by column, where two or more columns have one."""
    found: dict[int, Filled] = {}
    for mention in view.context.mentions.get(view.block.header, []) if view.block.header is not None else []:
        party = owner_of(mention.party, view.context.registry)
        column = next((c for c, cell in titles.items() if cell.start <= mention.start < cell.end), 0)
        if column > 0 and party.kind == "Organization":
            found.setdefault(column, Filled(party, "column", mention.start, mention.end))
    return found if len({filled.party.identity for filled in found.values()}) > 1 else {}


def _compared(view: BlockView, compared: dict[int, Filled]) -> Iterator[Reading]:
    """Yield the members beside a row label that gives a predicate, in tables with a column for each of several parties."""
    cells = view.block.cells
    cue = cue_of(_text(view, cells[0]), "labels") if cells[0].column == 0 else None
    if cue is None or cue.unnamed:
        return
    for cell in cells[1:]:
        other = compared.get(cell.column)
        if other is None or len(_text(view, cell).split()) > _LONGEST_LIST:
            continue
        for member in listed_members(
            view, cell.start, cell.end, replace(cue, registered=True, role=cue.role or "other")
        ):
            if member.named and member.identity != other.party.identity:
                made = directed(view, cue, member, other)
                yield reading(view, made, member, other, _row(view), _frame(view, cue, cells[0]), "label")


def _below_cue(view: BlockView, titles: dict[int, Cell]) -> Iterator[Reading]:
    """Yield the first cell's members of a table whose caption or heading gives the predicate."""
    block, first = view.block, view.block.cells[0]
    header = plain(_title(view, titles, 0))
    if first.column != 0 or (header and header not in words("subject_columns")):
        return
    found = frame_cue(view, block.caption, "caption")
    if found is None:
        return
    cue, frame = found
    members = _members(view, first, cue)
    members, other = sides(view, members)
    for member in members if other else ():
        yield reading(view, cue, member, other, _row(view), frame, "heading")  # type: ignore[arg-type]


def _role(view: BlockView, titles: dict[int, Cell], own: Filled | None) -> Iterator[Reading]:
    """Yield what a role cell ("Lender") says of the row's party and those that the cells after it name."""
    if own is None:
        return
    for cell in view.block.cells:
        if cell.column == 0 or not (cue := cue_of(_text(view, cell), "row_roles")):
            continue
        if player := _player(view, titles, cell):
            if player.party.identity != own.party.identity:
                yield reading(view, cue, own.party, player, _row(view), _frame(view, cue, cell), "row_role")
            continue
        if plain(_title(view, titles, cell.column)) not in ("role", "type", "relationship", "relation", "status"):
            continue
        for after in (c for c in view.block.cells if c.column > cell.column):
            for party, _ in organizations(view, after.start, after.end):
                if party.identity != own.party.identity:
                    yield reading(view, cue, party, own, _row(view), _frame(view, cue, cell), "row_role")


def _stakes(view: BlockView, titles: dict[int, Cell]) -> Iterator[Reading]:
    """Yield what the holders of a table of investors own, where a column of stakes gives a share ("Investor | Stake")."""
    names = _names(view, titles)
    cue = column_cue(names, 0)
    holder = _only_party(view, view.block.cells[0])
    if holder is None or cue is None or (cue.predicate, cue.member) != ("FINANCES", "subject"):
        return
    cell = next((c for c in view.block.cells[1:] if plain(names.get(c.column, "")) in words("stake_columns")), None)
    other = other_side(view, [holder.party]) if cell and "%" in _text(view, cell) else None
    if cell and other:
        stake = Cue("OWNS", "subject", kind="stake", quality=_FROM_STAKE)
        yield reading(view, stake, holder.party, other, _row(view), _frame(view, stake, titles[cell.column]), "column")


def _player(view: BlockView, titles: dict[int, Cell], cell: Cell) -> Filled | None:
    """Return the organization whose part the header of ``cell`` says its column tells ("Acme role"), or None."""
    title = titles.get(cell.column)
    if title is None or view.block.header is None or plain(_text(view, title)).split(" ")[-1] not in _PARTS:
        return None
    mentions = [m for m in view.context.mentions.get(view.block.header, []) if title.start <= m.start < title.end]
    if len(mentions) != 1:
        return None
    party = owner_of(mentions[0].party, view.context.registry)
    return Filled(party, "column", mentions[0].start, mentions[0].end) if party.kind == "Organization" else None


def _frame(view: BlockView, cue: Cue, cell: Cell) -> Filled:
    return Filled(Party(cue.predicate, _text(view, cell)[:80], "Value"), "column", cell.start, cell.end)


def _text(view: BlockView, cell: Cell) -> str:
    return view.context.document.text[cell.start : cell.end]


def _row(view: BlockView) -> tuple[int, int]:
    return view.block.start, view.block.end
