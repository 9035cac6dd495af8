-- One row a layer of the stack.
SELECT * FROM core.layer ORDER BY rank
