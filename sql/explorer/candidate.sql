-- Who an unnamed party may be: the companies that more speaks for than against, the first in rank of each party.
SELECT party_id AS party, candidate_id AS candidate, array_to_string(supports, ', ') AS supports, array_to_string(refutes, ', ') AS refutes
FROM mart.fct_candidate
WHERE net > 0 AND rank <= 5
ORDER BY party_id, rank, candidate_id
