"""Export: files for people and BI tools, published atomically. Reads marts only."""
