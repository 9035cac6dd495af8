-- One row: what this warehouse was made from. An equal fingerprint means that there is nothing to do.
SELECT getvariable('fingerprint') AS fingerprint
