"""What the head of a page says of it. What belongs here: meta elements, title, language, iXBRL cover facts.

What does not: choosing among sources (``metadata``).
"""

from lxml import etree

from pipelines.parse.canonical import clean


def metadata(tree: etree._Element) -> dict[str, str]:
    """Return what head elements and iXBRL cover facts say, by key ``title``, ``published``, ``dei:<Name>`` and so on."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = str(tag.get("property") or tag.get("name") or "").lower()
        if name and tag.get("content"):
            found.setdefault(f"meta:{name}", clean(tag.get("content")))
    title = tree.find(".//title")
    if title is not None and title.text:
        found["title"] = clean(title.text)
    if tree.get("lang"):
        found["lang"] = tree.get("lang")
    for tag in tree.iter("ix:nonnumeric"):
        name = tag.get("name") or ""
        if name.startswith("dei:"):
            found.setdefault(name, clean(" ".join(tag.itertext())))
    return found
