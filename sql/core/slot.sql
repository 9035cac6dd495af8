-- The ontology: which claims of a predicate are about one and the same thing. Grain: (predicate, slot).
-- A functional slot holds one value at a time: for its period (`period`), or until a later one is told (`state`).
SELECT predicate, slot, parts, functional::BOOLEAN AS functional, value, unit, holds, exact::BOOLEAN AS exact, "only"
FROM read_parquet(getvariable('model') || '/slot.parquet')
ORDER BY predicate, slot
