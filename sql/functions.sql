-- Macros that every layer may use.

-- A name as lower-case ASCII words joined by underscores; the same as pipelines.ids.slug for names with a Latin letter.
CREATE OR REPLACE MACRO slug(name) AS
    trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '_', 'g'), '_');
