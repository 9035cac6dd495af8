-- Claims of money and trade between organizations that are not sure enough to be facts, as of a day (NULL: any) and as known on a day.
-- parameters: as_of, known_on
SELECT claim_id, subject_id, object_id
FROM mart.claims_at(as_of, known_on)
WHERE tier = 'candidate' AND review IS DISTINCT FROM 'rejected' AND polarity = 'positive' AND predicate IN ('FINANCES', 'OWNS', 'COMMITS_TO', 'SUPPLIES')
    AND subject_kind = 'Organization' AND object_kind = 'Organization' AND subject_id <> object_id
ORDER BY claim_id
