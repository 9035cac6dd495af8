// title: Unnamed customers and who they may be
// question: Which unnamed customers have candidates, and what separates them?
// number: 5
// predicates: SUPPLIES
// param: company company any name, ticker or id of the company whose unnamed customers are asked for; any: of all companies
// param: least integer 2 the least number of supporting reasons less refuting ones
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: supplier who does not name its customer
// column: customer label of the customer in that filing; the same letter elsewhere is another party
// column: benchmark of what: revenue, receivables
// column: share as written
// column: period_from begin of the period of the share
// column: period_to end of that period
// column: candidate company that it may be; nothing is merged
// column: net supporting reasons less refuting ones
// column: supports reasons that support the candidate
// column: refutes reasons that refute it
// column: separates those of both that the party's other candidates of this list do not share
// column: claim_ids of each reason, and of the share, one of the claims behind it, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_unnamed_customers --param company=NVIDIA
MATCH (o:Organization)-[r:CANDIDATE_FOR]->(p:AnonymousParty {side: 'customer'})
WHERE $company = 'any' OR p.filer_id = $company
WITH o, p, r.evidence_reasons AS reasons, r.evidence_verdicts AS verdicts, r.evidence_claims AS evidence, r.evidence_known_from AS known_from,
     r.evidence_known_to AS known_to, r.evidence_valid_from AS valid_from, r.evidence_valid_to AS valid_to
WITH o, p, reasons, verdicts, evidence, [i IN range(0, size(evidence) - 1)
     WHERE known_from[i] <= $known_on AND (known_to[i] > $known_on OR known_to[i] = date('9999-12-31'))
       AND ($as_of IS NULL OR (valid_from[i] <= $as_of AND valid_to[i] >= $as_of)) | i] AS kept
// The evidence stands by reason and verdict: of each the first.
WITH o, p, reasons, verdicts, evidence, [j IN range(0, size(kept) - 1)
     WHERE j = 0 OR reasons[kept[j]] <> reasons[kept[j - 1]] OR verdicts[kept[j]] <> verdicts[kept[j - 1]] | kept[j]] AS firsts
WITH o, p, [i IN firsts | evidence[i]] AS claim_list, [i IN firsts WHERE verdicts[i] = 'stated' | i] AS shares,
     [i IN firsts WHERE verdicts[i] = 'supports' | reasons[i]] AS all_for, [i IN firsts WHERE verdicts[i] = 'refutes' | reasons[i]] AS all_against
WITH o, p, claim_list, shares, [reason IN all_for WHERE NOT reason IN all_against] AS supports, [reason IN all_against WHERE NOT reason IN all_for] AS refutes
WHERE size(shares) > 0 AND size(supports) - size(refutes) >= $least
UNWIND claim_list AS claim_id
WITH DISTINCT o, p, supports, refutes, claim_id
MATCH (c:Claim {id: claim_id})
WITH o, p, supports, refutes, c ORDER BY c.id
WITH o, p, supports, refutes, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
WITH p, collect({candidate: o.name, candidate_id: o.id, supports: supports, refutes: refutes, claim_ids: claim_ids, quotes: quotes}) AS rows
UNWIND rows AS row
RETURN p.filer_name AS supplier, p.name AS customer, p.benchmark AS benchmark, p.share_text AS share, p.period_from AS period_from,
       p.period_to AS period_to, row.candidate AS candidate, size(row.supports) - size(row.refutes) AS net,
       row.supports AS supports, row.refutes AS refutes,
       [reason IN row.supports WHERE size([other IN rows WHERE reason IN other.supports]) < size(rows)]
         + [reason IN row.refutes WHERE size([other IN rows WHERE reason IN other.refutes]) < size(rows)] AS separates,
       row.claim_ids AS claim_ids, row.quotes AS quotes
ORDER BY supplier, p.id, net DESC, candidate, row.candidate_id
