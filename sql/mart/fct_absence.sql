-- Three kinds of absence over all that is known: one row a periodic filing, predicate and side on which its filer stands.
FROM mart.absence_at(NULL::DATE, DATE '9999-12-31')
