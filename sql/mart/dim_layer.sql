-- One row a layer of the stack.
SELECT rank::INTEGER AS layer_key, code, name, rank FROM core.layer ORDER BY rank
