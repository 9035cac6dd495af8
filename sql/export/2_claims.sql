-- title: Claims
-- about: Every statement with its quote; filter tier by fact for what carries relationships, candidates are weaker.
-- columns of: fct_claim
-- subject: usual name of the subject
-- object: usual name of the object; for a value number and unit as written
-- document: title of the document
-- link: address of the document
SELECT c.known_from, c.subject_name AS subject, c.predicate, c.object_name AS object, c.tier, c.polarity, c.modality, c.role, c.kind, c.severity,
    c.benchmark, c.share, c.amount, c.amount_low, c.amount_high, c.currency, c.metric, c.sole_source, c.confidence, c.review, c.quote,
    c.publisher, c.document_title AS document, c.section, c.url AS link, c.valid_from, c.valid_to, c.known_to, c.disclosed_by, c.method,
    c.claim_id
FROM mart.fct_claim c
ORDER BY c.known_from DESC, c.claim_id
