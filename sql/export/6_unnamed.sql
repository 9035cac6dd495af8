-- title: Unnamed customers
-- about: For each unnamed party the candidates in their order, what speaks for and against each. A candidate is a guess, never a fact.
-- columns of: fct_candidate
SELECT f.filer_name, f.label, f.side, f.benchmark, f.share, f.period_from, f.period_to, f.rank, f.candidate_name, f.net, f.n_supports, f.n_refutes,
    array_to_string(f.supports, '|') AS supports, array_to_string(f.refutes, '|') AS refutes,
    array_to_string(f.open_reasons, '|') AS open_reasons, f.amount, f.currency, f.capital_expenditure, f.party_id, f.candidate_id
FROM mart.fct_candidate f
WHERE f.rank <= 5
ORDER BY f.filer_name, f.period_to DESC, f.label, f.rank, f.candidate_id, f.party_id
