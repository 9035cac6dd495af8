-- Who owns whom, and since when: one row a claim of OWNS, and one an owner that the registry gives. Grain: ownership_id.
SELECT * FROM core.ownership ORDER BY ownership_id
