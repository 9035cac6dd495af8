-- Macros that every layer may use.

-- A name as lower-case ASCII words joined by underscores; the same as pipelines.ids.slug for names with a Latin letter.
CREATE OR REPLACE MACRO slug(name) AS
    trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '_', 'g'), '_');

-- The integer key of an id for tools that join on integers: 52 bits of its MD5, so below 2^53, which such tools hold exactly.
CREATE OR REPLACE MACRO surrogate(id) AS ('0x' || left(md5(id), 13))::BIGINT;

-- The id of an unnamed party: it belongs to one document, benchmark and period; its label joins nothing beyond.
CREATE OR REPLACE MACRO anonymous_id(document_id, benchmark, valid_from, valid_to, label) AS
    'anon:' || left(document_id, 12) || ':' || coalesce(nullif(benchmark, '') || ':', '')
    || coalesce(strftime(valid_from, '%Y%m%d') || '-' || strftime(valid_to, '%Y%m%d') || ':', '') || slug(label);
