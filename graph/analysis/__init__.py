"""Mathematics over the graph that SQL cannot say: pure functions from plain rows to plain rows.

Nothing here opens a database, or a file but for ``telling``, which reads the list beside it; ``recall`` asks through a reader that it is given.
"""
