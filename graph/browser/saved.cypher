// What is in the graph: nodes of each label
MATCH (n) WHERE n.loadpath
RETURN labels(n)[0] AS label, count(n) AS nodes ORDER BY nodes DESC;

// Who supplies whom, by how many publishers say so
MATCH (a:Organization)-[r:SUPPLIES]->(b:Organization)
RETURN a, r, b ORDER BY r.n_publishers DESC, r.id LIMIT 100;

// The suppliers and customers of one company ($company: its name)
MATCH (c:Organization {name: $company})-[r:SUPPLIES]-(other)
RETURN c, r, other;

// What one company rests on, three steps deep ($company: its name)
MATCH p = (c:Organization {name: $company})-[:DEPENDS_ON*1..3]->(other)
RETURN p LIMIT 200;

// From a relationship to the sentences that carry it ($company: its name)
MATCH (c:Organization {name: $company})-[r:SUPPLIES|DEPENDS_ON]-(other)
UNWIND r.claim_ids AS claim_id
MATCH (claim:Claim {id: claim_id})-[:SUPPORTED_BY]->(e:Evidence)-[:IN_DOCUMENT]->(d:Document)
RETURN c.name AS company, type(r) AS relation, other.name AS other, e.quote AS quote, d.publisher AS publisher,
  claim.known_from AS known_from, d.url AS url
ORDER BY relation, other, known_from, quote;

// The same as a picture: claims, the words that make them, their documents ($company: its name)
MATCH (c:Organization {name: $company})<-[s:SUBJECT|OBJECT]-(claim:Claim)-[v:SUPPORTED_BY]->(e:Evidence)-[i:IN_DOCUMENT]->(d:Document)
RETURN c, s, claim, v, e, i, d LIMIT 50;

// Sole sources
MATCH (a)-[r:DEPENDS_ON]->(b) WHERE r.sole_source
RETURN a, r, b;

// Scarcities, and who names them
MATCH (a)-[r:EXPOSED_TO]->(b:Bottleneck)
RETURN a, r, b LIMIT 200;

// Scarcities and the layers that they hold back
MATCH (b:Bottleneck)-[r:CONSTRAINS]->(l:StackLayer)
RETURN b, r, l;

// The stack: companies by layer
MATCH (o:Organization)-[:IN_LAYER]->(l:StackLayer)
RETURN l.name AS layer, count(o) AS companies, collect(o.name)[..10] AS examples ORDER BY layer;

// Unnamed customers and suppliers, the largest share first
MATCH (a:AnonymousParty) WHERE a.share IS NOT NULL
RETURN a.filer_name AS filer, a.side AS side, a.name AS party, a.share_text AS share, a.benchmark AS of, a.period_to AS until
ORDER BY a.share DESC, filer, party, a.id LIMIT 100;

// Money: who finances whom
MATCH (a)-[r:FINANCES]->(b)
RETURN a, r, b LIMIT 200;

// What is denied: claims of negative polarity
MATCH (c:Claim {polarity: 'negative'})
RETURN c.subject_name AS subject, c.predicate AS predicate, c.object_name AS object, c.quote AS quote, c.publisher AS publisher
ORDER BY subject, predicate, object, quote LIMIT 100;

// Quotes by words (full text, Neo4j only)
CALL db.index.fulltext.queryNodes('loadpath_quotes', 'shortage OR capacity') YIELD node, score
RETURN labels(node)[0] AS label, node.quote AS quote, score ORDER BY score DESC, quote LIMIT 25;

// Parties by a part of their name (full text, Neo4j only)
CALL db.index.fulltext.queryNodes('loadpath_names', 'micro*') YIELD node, score
RETURN labels(node)[0] AS label, node.name AS name, score ORDER BY score DESC, name LIMIT 25;
