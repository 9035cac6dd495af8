-- One row a rule of the thesis court: what counts for and against each test of a company.
SELECT * FROM core.court_rule ORDER BY position
