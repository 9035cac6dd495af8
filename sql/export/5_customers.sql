-- title: Customers and suppliers
-- about: Disclosed shares of revenue, receivables or purchases, of named and unnamed parties, and who denies having any.
-- columns of: fct_concentration, fct_claim
-- document: title of the document
-- link: address of the document
SELECT t.filer_name, t.side, t.party_name, t.party_named, t.benchmark, t.share, t.comparator, t.share_text, t.segment, t.polarity, t.modality,
    t.tier, t.period_from, t.period_to, t.told_by, t.mismatch, t.quote, c.publisher, c.document_title AS document, c.url AS link, t.known_from,
    t.claim_id
FROM mart.fct_concentration t
JOIN mart.fct_claim c USING (claim_id)
ORDER BY t.filer_name, t.side, t.period_to DESC, t.share DESC NULLS LAST, t.claim_id
