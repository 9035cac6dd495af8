-- What claims name beside organizations: places, bottlenecks, facilities, offerings and unnamed parties.
SELECT p.party_id AS id, regexp_replace(p.name, '^other:', '') AS name, p.kind,
    coalesce(b.meaning, '') AS meaning, coalesce(b.is_listed, false) AS listed
FROM mart.dim_party p
LEFT JOIN mart.dim_bottleneck b ON b.code = p.party_id
WHERE p.kind <> 'Organization'
    AND (p.kind = 'Bottleneck' OR p.party_id IN (SELECT subject_id FROM mart.fct_claim UNION ALL SELECT object_id FROM mart.fct_claim WHERE object_id IS NOT NULL))
ORDER BY p.party_id
