-- One row a fact and slot that it fills: what it is about (`slot_key`), and for a functional slot its figure as the interval of
-- numbers that its words allow ("14%" is 13.5 to 14.5, "≥10%" has no end). Grain: (claim_id, slot).
WITH filled AS (
    SELECT c.claim_id, c.predicate, c.qualifiers, s.slot, s.functional, s.holds, s.exact, c.subject_id, c.object_id, p.is_symmetric, s.parts,
        concat_ws(' ',
            json_extract_string(c.qualifiers, '$.' || nullif(s.value, '')),
            CASE WHEN s.unit <> '' THEN json_extract_string(c.qualifiers, '$.' || nullif(s.unit, '')) END) AS figure,
        coalesce(json_extract_string(c.qualifiers, '$.comparator'), '') AS comparator
    FROM core.claim c
    JOIN core.predicate p ON p.predicate = c.predicate
    JOIN core.slot s ON s.predicate = c.predicate
    WHERE c.tier = 'fact'
        AND (c.object_id IS NOT NULL OR NOT list_contains(s.parts, 'object'))
        AND (NOT s.functional OR json_extract_string(c.qualifiers, '$.' || nullif(s.value, '')) IS NOT NULL)
        AND len(list_filter(s."only", lambda pair: NOT list_contains(s."only", split_part(pair, '=', 1) || '=' || coalesce(
            CASE split_part(pair, '=', 1) WHEN 'subject' THEN lower(c.subject_surface) WHEN 'object' THEN lower(c.object_surface)
                ELSE json_extract_string(c.qualifiers, '$.' || split_part(pair, '=', 1)) END, '')))) = 0
)
SELECT claim_id, slot, functional, holds, exact,
    predicate || '|' || slot || '|' || list_aggregate(list_transform(parts, lambda part: CASE
        -- Both directions of a symmetric predicate are one slot.
        WHEN part = 'subject' THEN CASE WHEN is_symmetric AND object_id < subject_id THEN object_id ELSE subject_id END
        WHEN part = 'object' THEN CASE WHEN is_symmetric AND object_id < subject_id THEN subject_id ELSE object_id END
        ELSE coalesce(json_extract_string(qualifiers, '$.' || part), '')
    END), 'string_agg', '|') || CASE WHEN functional THEN '|' || figure_of(figure) ELSE '' END AS slot_key,
    CASE WHEN functional THEN figure END AS figure,
    CASE WHEN functional THEN figure_low(figure, comparator) END AS low,
    CASE WHEN functional THEN figure_high(figure, comparator) END AS high
FROM filled
WHERE NOT functional OR figure_value(figure) IS NOT NULL
ORDER BY claim_id, slot
