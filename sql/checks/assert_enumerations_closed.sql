-- Fails when a closed value is none of the ontology's: an unknown value is an error, never a default.
SELECT claim_id FROM mart.fct_claim
WHERE polarity NOT IN ('positive', 'negative')
    OR modality NOT IN ('asserted', 'hedged', 'conditional', 'planned', 'historical')
    OR tier NOT IN ('fact', 'candidate')
    OR (predicate = 'EXPOSED_TO' AND severity IS NOT NULL AND severity NOT IN ('mention', 'may', 'is', 'has_occurred'))
