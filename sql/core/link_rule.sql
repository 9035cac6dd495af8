-- One row a rule by which two claims are linked, with what it says: the ids in `core.claim_link.rule`.
SELECT rule, type, meaning
FROM (VALUES
    ('both_sides', 'CONFIRMS', 'each of the two parties says so, in sources of its own, of times that overlap'),
    ('mirror', 'CONFIRMS', 'one party says that it supplies, the other that it depends on it, or the like by the ontology'),
    ('denied', 'CONTRADICTS', 'one source asserts what another denies, of times that overlap'),
    ('other_value', 'CONTRADICTS', 'two sources give figures for one slot and period that rounding cannot reconcile'),
    ('restated', 'SUPERSEDES', 'one source later gives another figure for the same slot and period'),
    ('later_state', 'SUPERSEDES', 'a later figure of a state that holds one value at a time')
) AS rules(rule, type, meaning)
ORDER BY rule
