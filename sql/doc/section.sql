-- One row an item of a filing: found with its span, or not with the reason. Grain: (document_id, item); `position` is its place in the form's order.
SELECT sha256 AS document_id, generate_subscripts(sections, 1) AS position, unnest(sections, recursive := true)
FROM read_parquet(getvariable('documents'))
ORDER BY document_id, position
