-- A company on one page: the facts of $company as of $as_of and as known on $known_on, each line in its part of the page, best first.
-- A line is what one or several claims say of one other party (and of one figure or period, where there is one); its quote is that
-- of the claim that stands best. `of_part` counts the lines of a part; the first $top are given.
WITH known AS (
    SELECT * FROM mart.claims_at($as_of, $known_on)
    WHERE tier = 'fact' AND ($company IN (subject_id, object_id))
),
linked AS (
    SELECT claim_id, bool_or(type = 'CONTRADICTS') AS contradicted, bool_or(type = 'CONFIRMS') AS confirmed
    FROM (
        SELECT from_claim_id AS claim_id, to_claim_id AS other_id, type FROM mart.bridge_claim_link
        UNION ALL
        SELECT to_claim_id, from_claim_id, type FROM mart.bridge_claim_link
    )
    WHERE other_id IN (SELECT claim_id FROM mart.claims_at($as_of, $known_on))
    GROUP BY claim_id
),
placed AS (
    SELECT k.*, coalesce(l.contradicted, false) AS contradicted, coalesce(l.confirmed, false) AS confirmed,
        subject_id = $company AS forward,
        CASE WHEN subject_id = $company THEN coalesce(object_id, object_surface) ELSE subject_id END AS other_id,
        CASE WHEN subject_id = $company THEN coalesce(object_name, object_surface) ELSE subject_name END AS other,
        CASE
            WHEN polarity = 'negative' THEN 'denies'
            WHEN predicate = 'SUPPLIES' AND benchmark IS NOT NULL THEN 'large_customers'
            WHEN predicate = 'DEPENDS_ON' THEN CASE WHEN subject_id = $company THEN 'depends_on' ELSE 'needed_by' END
            WHEN predicate = 'SUPPLIES' THEN CASE WHEN subject_id = $company THEN 'supplies' ELSE 'supplied_by' END
            WHEN predicate = 'EXPOSED_TO' THEN 'exposed_to'
            WHEN predicate = 'RELIEVES' THEN 'relieves'
            WHEN predicate = 'COMMITS_TO' THEN 'commitments'
            WHEN predicate = 'FINANCES' THEN 'finances'
            WHEN predicate = 'OPERATES' THEN 'facilities'
            WHEN predicate = 'HAS_METRIC' THEN 'metrics'
            WHEN predicate = 'OWNS' THEN 'owns'
            WHEN predicate = 'PARTNERS_WITH' THEN 'partners'
            WHEN predicate = 'COMPETES_WITH' THEN 'rivals'
        END AS part,
        -- Where only the year is told, no days are made up.
        CASE valid_precision
            WHEN 'year' THEN 'in ' || year(valid_from)
            WHEN 'fiscal_year' THEN 'fiscal ' || year(valid_to)
            ELSE valid_from::VARCHAR || ' to ' || valid_to::VARCHAR
        END AS period_told
    FROM known k
    LEFT JOIN linked l USING (claim_id)
),
told AS (
    SELECT p.*, CASE part
            WHEN 'large_customers' THEN concat_ws(' ', coalesce(c.share_text, ''), 'of', p.benchmark, CASE c.side WHEN 'supplier' THEN '(it supplies)' END,
                p.period_told)
            WHEN 'commitments' THEN concat_ws(', ', CASE WHEN forward THEN NULL ELSE 'towards it' END, m.amount_text, replace(p.kind, '_', ' '),
                'as of ' || coalesce(p.valid_to, p.published)::VARCHAR)
            WHEN 'finances' THEN concat_ws(', ', CASE WHEN forward THEN 'it gives' ELSE 'it gets' END, p.amount, replace(p.kind, '_', ' '))
            WHEN 'facilities' THEN concat_ws(', ', f.place, coalesce(f.capacity_text, f.capacity_mw::VARCHAR || ' MW'), replace(f.status, '_', ' '))
            WHEN 'metrics' THEN concat_ws(' ', nullif(p.value_text, ''), CASE WHEN contains(p.value_text, p.unit) THEN NULL ELSE p.unit END,
                '(' || coalesce(p.valid_to, p.published)::VARCHAR || ')')
            WHEN 'owns' THEN concat_ws(', ', CASE WHEN forward THEN 'owned by it' ELSE 'owns it' END, replace(p.kind, '_', ' '))
            WHEN 'exposed_to' THEN p.severity
            WHEN 'denies' THEN concat_ws(' ', lower(replace(p.predicate, '_', ' ')), p.benchmark, p.period_told)
            ELSE concat_ws(', ', nullif(replace(p.role, '_', ' '), 'other'), CASE WHEN p.sole_source THEN 'sole source' END)
        END AS detail,
        CASE WHEN part = 'metrics' THEN p.metric ELSE other END AS name,
        coalesce(nullif(d.form, '') || ' ' || d.period_end::VARCHAR, nullif(p.document_title, ''), p.url) AS filing,
        -- Figures and deals of a day are lines of their own; relations are one line, whatever the claims add.
        part IN ('large_customers', 'commitments', 'metrics', 'denies', 'facilities', 'finances') AS each_its_own,
        CASE WHEN part IN ('large_customers', 'commitments', 'metrics', 'denies') THEN coalesce(p.valid_to, p.published, p.known_from) END AS day
    FROM placed p
    LEFT JOIN mart.fct_concentration c USING (claim_id)
    LEFT JOIN mart.fct_commitment m USING (claim_id)
    LEFT JOIN mart.fct_facility f USING (claim_id)
    JOIN mart.dim_document d ON d.document_id = p.document_id
    WHERE part IS NOT NULL
),
lines AS (
    SELECT part, name, arg_max(detail, (length(detail), detail)) AS detail, count(*) AS n_claims, count(DISTINCT source_group) AS n_publishers,
        CASE WHEN bool_or(contradicted) THEN 'contradicted' WHEN bool_or(confirmed) THEN 'confirmed' WHEN bool_and(modality <> 'asserted') THEN min(modality)
            ELSE '' END AS status,
        max(day) AS day, max(share) AS share, max(known_from) AS last_known,
        arg_max({'quote': quote, 'publisher': publisher, 'document': filing, 'url': url, 'on': coalesce(published, known_from), 'claim_id': claim_id,
            'words': [subject_surface, coalesce(object_surface, '')]}, (modality = 'asserted', confidence, known_from, claim_id)) AS best,
        list(claim_id ORDER BY claim_id) AS claim_ids
    FROM told
    GROUP BY part, other_id, name, CASE WHEN each_its_own THEN detail END
)
SELECT part, count(*) OVER (PARTITION BY part) AS of_part, name, coalesce(detail, '') AS detail, status, n_claims, n_publishers, best.quote AS quote,
    best.words AS words, best.publisher AS publisher, best.document AS document, best.url AS url, best.on AS date, best.claim_id AS claim_id, claim_ids
FROM lines
QUALIFY row_number() OVER (PARTITION BY part ORDER BY day DESC NULLS LAST, share DESC NULLS LAST, n_publishers DESC, n_claims DESC, name, detail, claim_ids[1]) <= $top
ORDER BY part, day DESC NULLS LAST, share DESC NULLS LAST, n_publishers DESC, n_claims DESC, name, detail, claim_ids[1]
