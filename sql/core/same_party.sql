-- Judgements replayed: each party that was judged to be another one, and the one that stands for the whole group: a registered
-- one first, then one with a name, then the first by id. Grain: party_id.
WITH RECURSIVE pairs AS (
    SELECT left_id AS party_id, right_id AS other_id FROM core.judgement WHERE judgement = 'same'
    UNION
    SELECT right_id, left_id FROM core.judgement WHERE judgement = 'same'
),
reached AS (
    SELECT party_id, party_id AS member_id FROM pairs
    UNION
    SELECT r.party_id, p.other_id FROM reached r JOIN pairs p ON p.party_id = r.member_id
),
registered AS (
    SELECT organization_id AS party_id FROM core.organization
    UNION
    SELECT offering_id FROM core.offering
    UNION
    SELECT code FROM core.bottleneck
),
heads AS (
    SELECT r.party_id, arg_min(r.member_id, (g.party_id IS NULL, starts_with(r.member_id, 'anon:'), r.member_id)) AS same_as
    FROM reached r
    LEFT JOIN registered g ON g.party_id = r.member_id
    GROUP BY r.party_id
)
SELECT party_id, same_as FROM heads WHERE party_id <> same_as ORDER BY party_id
