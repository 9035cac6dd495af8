"use strict";
// Ways through the market: the path between two companies, and who is hit when one is gone. What belongs here: search over relations.

/** Return the relations of the surest short path from ``from`` to ``to`` over companies, or null. Direction does not matter. */
function pathBetween(market, relations, from, to) {
  const joined = neighbours(relations.filter((r) => market.companies.has(r.from) && market.companies.has(r.to)));
  const cost = new Map([[from, 0]]);
  const via = new Map();
  const open = new Set([from]);
  while (open.size) {
    const here = [...open].reduce((a, b) => cost.get(b) < cost.get(a) || (cost.get(b) === cost.get(a) && b < a) ? b : a);
    if (here === to) break;
    open.delete(here);
    for (const relation of joined.get(here) || []) {
      const next = relation.other(here);
      // A hop counts one, an unsure one a little more: the shortest path, and of these the surest.
      const sum = cost.get(here) + 1.5 - 0.5 * relation.trust + (relation.carried ? 0 : 1);
      if (sum < (cost.get(next) ?? Infinity)) {
        cost.set(next, sum);
        via.set(next, relation);
        open.add(next);
      }
    }
  }
  if (!via.has(to)) return null;
  const steps = [];
  for (let here = to; here !== from; here = steps[0].relation.other(here)) {
    steps.unshift({ relation: via.get(here), to: here, from: via.get(here).other(here) });
  }
  return steps;
}

function neighbours(relations) {
  const joined = new Map();
  for (const relation of relations) {
    for (const id of [relation.from, relation.to]) {
      if (!joined.has(id)) joined.set(id, []);
      joined.get(id).push(relation);
    }
  }
  return joined;
}

/** Return who is hit when ``id`` is gone: by company the hops to it and the relation by which it is hit; at most ``hops`` away. */
function shockOf(market, relations, id, hops) {
  const dependents = new Map();
  for (const relation of relations) {
    const hit = market.predicate.get(relation.predicate).hit;
    if (hit === "nobody" || !binding(relation)) continue;
    const [needed, dependent] = hit === "object" ? [relation.from, relation.to] : [relation.to, relation.from];
    if (!market.companies.has(dependent)) continue;
    if (!dependents.has(needed)) dependents.set(needed, []);
    dependents.get(needed).push({ dependent, relation });
  }
  const reached = new Map();
  let edge = [id];
  for (let hop = 1; hop <= hops && edge.length; hop += 1) {
    const next = [];
    for (const from of edge) {
      for (const { dependent, relation } of dependents.get(from) || []) {
        if (dependent === id || reached.has(dependent)) continue;
        reached.set(dependent, { hop, from, relation });
        next.push(dependent);
      }
    }
    edge = next.sort();
  }
  return reached;
}

/** Whether a loss is passed on by ``relation``: something else than software, which runs on, and not only of the past. */
function binding(relation) {
  return relation.claims.some((claim) => claim.role !== "software" && (claim.modality !== "historical" || claim.valid_from));
}
