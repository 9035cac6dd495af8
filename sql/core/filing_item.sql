-- Items of periodic reports in the order in which a filer reports them. `before_id` is the last report of the same family that has the
-- item, `since` where the memory of the item begins: there, or at the last annual report, which quarterly ones only update.
-- An item that says that nothing but what follows has changed, or refers elsewhere, is not `whole`: its silence drops nothing.
-- Grain: (document_id, item).
WITH report AS (
    SELECT document_id, filer_id, known_from, regexp_replace(form, '(KT|/A|T)$', CASE WHEN form LIKE '10-KT%' THEN 'K' ELSE '' END) AS family,
        coalesce(period_end, known_from) AS period_end,
        row_number() OVER (PARTITION BY filer_id ORDER BY coalesce(period_end, known_from), known_from, document_id) AS place
    FROM core.document
    WHERE filer_id <> '' AND is_periodic(form)
),
found AS (
    SELECT r.*, s.item,
        s.reason = '' AND NOT regexp_matches(lower(substr(t.text, s.start + 1, 1200)),
            '\bno (material |significant |updates? or )*changes? (in|to|from|with respect to) ') AS whole
    FROM report r
    JOIN doc.section s USING (document_id)
    JOIN doc.document t USING (document_id)
    WHERE s.status = 'found' AND s.item <> ''
),
annual AS (
    SELECT r.document_id, max(a.place) AS annual_place
    FROM report r
    JOIN report a ON a.filer_id = r.filer_id AND a.place < r.place AND a.family <> '10-Q' AND a.period_end >= r.period_end - 380
    GROUP BY r.document_id
)
SELECT f.document_id, f.item, f.filer_id, f.family, f.period_end, f.known_from, f.place, f.whole,
    lag(f.document_id) OVER same AS before_id, lead(f.document_id) OVER same AS after_id,
    CASE WHEN lag(f.place) OVER same IS NOT NULL THEN least(lag(f.place) OVER same, coalesce(annual_place, f.place)) END AS since,
    f.whole OR annual_place IS NOT NULL AS remembered
FROM found f
LEFT JOIN annual USING (document_id)
WINDOW same AS (PARTITION BY f.filer_id, f.family, f.item ORDER BY f.place)
ORDER BY f.document_id, f.item
