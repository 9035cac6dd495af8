-- Who needs what from whom, as of a day (NULL: any) and as known on a day.
-- parameters: as_of, known_on
FROM mart.dependencies_between(as_of, as_of, known_on)
