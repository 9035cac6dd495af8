-- One row an edge of the graph: a projection of the claims that carry it. Publishers are counted, not addresses;
-- a reprint counts as its original's publisher.
SELECT * FROM mart.relationships_known(NULL::DATE, DATE '9999-12-31', true) ORDER BY relationship_id
