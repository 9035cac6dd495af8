-- title: Relationships
-- about: What holds between two parties, with the best quote for it and how many say so.
-- columns of: fct_relationship, fct_claim
-- subject: usual name of the subject
-- subject_layers: layers of the stack that the subject works in, joined by |
-- object: usual name of the object
-- object_layers: layers of the stack that the object works in, joined by |
-- quote: quote of the claim with the highest confidence, the newest among equals
-- document: title of the document of the quote
-- link: address of the document of the quote
WITH best AS (
    SELECT b.relationship_id, c.document_title, c.url, c.publisher,
        row_number() OVER (PARTITION BY b.relationship_id ORDER BY c.confidence DESC, c.known_from DESC, c.claim_id) AS place
    FROM mart.bridge_relationship_claim b
    JOIN mart.fct_claim c USING (claim_id)
    JOIN mart.fct_relationship r ON r.relationship_id = b.relationship_id AND r.best_quote = c.quote
)
SELECT s.name AS subject, array_to_string(s.layers, '|') AS subject_layers, r.predicate, coalesce(o.name, r.object_id) AS object,
    array_to_string(o.layers, '|') AS object_layers, r.subject_kind, r.object_kind, r.role, r.kind, r.share, r.amount, r.severity,
    r.sole_source, r.status, r.confidence, r.n_claims, r.n_documents, r.n_publishers, r.first_known, r.last_known, r.closed_on,
    r.best_quote AS quote, b.publisher, b.document_title AS document, b.url AS link, r.subject_id, r.object_id, r.relationship_id
FROM mart.fct_relationship r
JOIN mart.dim_party s ON s.party_id = r.subject_id
LEFT JOIN mart.dim_party o ON o.party_id = r.object_id
LEFT JOIN best b ON b.relationship_id = r.relationship_id AND b.place = 1
ORDER BY subject, r.predicate, object, r.relationship_id
