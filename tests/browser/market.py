"""A small market that browser tests look at. What belongs here: its documents, and the days and words that tests expect of them."""

from html import escape

from tests.graph import engines

TRAP = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


def note(title, day, text):
    return f'---\ntitle: "{title}"\npublished: {day}\nauthor: Desk\n---\n# {title}\n\n{text}\n'


DOCUMENTS = {
    "parts.md": note(
        "Who makes the parts",
        "2025-03-12",
        "TSMC supplies wafers to NVIDIA. NVIDIA depends on TSMC as its sole source of wafers.\n\n"
        "Supermicro buys GPUs from NVIDIA and builds systems around them. CoreWeave buys servers from Supermicro.",
    ),
    "money.md": note(
        "Who pays",
        "2025-09-01",
        "NVIDIA invested in CoreWeave. OpenAI buys cloud capacity from CoreWeave.\n\n"
        "In fiscal year 2024, Microsoft accounted for 62% of CoreWeave's revenue.",
    ),
    "limits.md": note(
        "What is scarce",
        "2025-10-20",
        "CoreWeave is constrained by a shortage of electric power at its sites. NVIDIA depends on Taiwan for its supply of wafers.\n\n"
        "NVIDIA does not depend on Vertiv. NVIDIA is not a customer of Intel.\n\n"
        + "Rain fell on the hills, and nobody came by before the evening was over. " * 60
        + "\n\nThe end of the note.",
    ),
    "trap.md": note(
        "A trap " + TRAP.replace('"', "'"),
        "2025-11-02",
        f"Micron supplies memory to NVIDIA {escape(TRAP)} and to others.\n\nSK hynix supplies memory to NVIDIA. \u202eAMD supplies chips to Oracle.\u202c 😀 Samsung supplies memory to NVIDIA.",
    ),
}


def build(folder):
    """Build the warehouse of these documents below ``folder``; return its settings."""
    return engines.build(folder, DOCUMENTS)
