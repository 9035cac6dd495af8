-- Relationships as of a day (NULL: any) and as known on a day: made again from the claims that were valid and known then.
-- parameters: as_of, known_on
SELECT * FROM mart.relationships_known(as_of, known_on, false) ORDER BY relationship_id
