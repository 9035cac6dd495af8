"""Mathematics over the graph that SQL cannot say: pure functions from plain rows to plain rows. Nothing here opens a file or a database."""
