-- Judgements replayed: each party that was judged to be another one, and the one that stands for both.
SELECT * FROM read_parquet(getvariable('model') || '/same_party.parquet') ORDER BY party_id
