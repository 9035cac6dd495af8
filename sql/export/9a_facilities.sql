-- title: Facilities
-- about: Sites, their power, who runs them, and whether they stand or are planned.
-- columns of: fct_facility, fct_claim
-- document: title of the document
-- link: address of the document
SELECT f.operator, f.facility, f.place, f.capacity_mw, f.capacity_text, f.status, f.polarity, f.modality, f.tier, f.confidence, c.quote, f.publisher,
    c.document_title AS document, c.url AS link, f.known_from, f.claim_id
FROM mart.fct_facility f
JOIN mart.fct_claim c USING (claim_id)
ORDER BY f.operator, f.facility, f.known_from, f.claim_id
