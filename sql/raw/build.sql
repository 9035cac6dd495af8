-- One row: what this warehouse was made from. An equal fingerprint means that there is nothing to do; `reading` is a hash over the
-- SQL that makes raw, doc and nlp, without which rows of documents that did not change cannot be kept.
SELECT getvariable('fingerprint') AS fingerprint, left(getvariable('fingerprint'), 12) AS publication_id,
    getvariable('reading') AS reading
