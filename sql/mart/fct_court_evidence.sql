-- What all claims known so far say on each test of each company: one row a company, rule and claim (and bottleneck).
SELECT * FROM mart.court_at(NULL, DATE '9999-12-31')
