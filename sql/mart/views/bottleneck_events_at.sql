-- Events up to the day `as_of` (NULL: all) that were known on the day `known_on`.
-- parameters: as_of, known_on
SELECT *
FROM mart.fct_bottleneck_event
WHERE known_from <= known_on AND (known_to IS NULL OR known_to > known_on) AND (as_of IS NULL OR day <= as_of)
ORDER BY company, bottleneck, sense, day, event_id
