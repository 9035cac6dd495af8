-- The canonical text of a document that makes claims, whole.
SELECT document_id AS id, text FROM doc.document WHERE document_id = $document
