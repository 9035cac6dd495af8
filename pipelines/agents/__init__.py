"""Tools for agents. What belongs here: what the tools answer (``tools``), pages of rows (``paging``), the protocol (``serving``)."""
