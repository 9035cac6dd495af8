"""Questions in plain English, by a closed grammar. What belongs here: from words to a named question with its parameters.

The words are data (``graph/grammar``), this is the mechanism: ``tokens`` cuts, ``spans`` finds values, ``grammar`` reads the phrasings,
``match`` compares, ``understand`` chooses or refuses. A word of content that no phrasing has is never passed over.
"""

from graph.asking.understand import NotUnderstoodError, Understood, understand

__all__ = ["NotUnderstoodError", "Understood", "understand"]
