-- The mirror test over all that is known: one row a relation between two named organizations, and which of the two says so.
FROM mart.mirror_at(NULL::DATE, DATE '9999-12-31')
