"use strict";
// The market in memory: tables unpacked, and what is seen of them under the filters. What belongs here: data, no page.

const LATEST = 99991231;
const ABOUT = { Place: "place", Bottleneck: "bottleneck", Facility: "site", Offering: "product", AnonymousParty: "unnamed", StackLayer: "layer", Industry: "industry" };

/** Return the rows of a packed table as objects. */
function rowsOf(table) {
  const names = Object.keys(table);
  if (!names.length) return [];
  const columns = names.map((name) => Array.isArray(table[name]) ? table[name] : table[name].at.map((at) => table[name].of[at]));
  return columns[0].map((_, row) => {
    const made = {};
    names.forEach((name, at) => { made[name] = columns[at][row]; });
    return made;
  });
}

function byId(rows) { return new Map(rows.map((row) => [row.id, row])); }

/** A relation of two sides: the claims that say so, and how strongly. */
class Relation {
  constructor(from, predicate, to) {
    Object.assign(this, { from, predicate, to, claims: [], carried: false });
  }

  get key() { return `${this.from}|${this.predicate}|${this.to}`; }
  get best() { return this.claims[0]; }
  get sources() { return new Set(this.claims.map((claim) => claim.document.source_group)).size; }
  get trust() { return this.claims[0].trust; }
  other(id) { return this.from === id ? this.to : this.from; }
}

class Market {
  constructor(data) {
    this.layouts = data.layouts;
    this.predicates = data.predicates;
    this.predicate = new Map(data.predicates.map((each) => [each.code, each]));
    this.marks = data.marks;
    this.texts = data.texts || null;
    this.frames = new Map();
    for (const row of rowsOf(data.frame || {})) {
      if (!this.frames.has(row.claim)) this.frames.set(row.claim, []);
      this.frames.get(row.claim).push(row);
    }
    this.companies = byId(rowsOf(data.company));
    this.parties = byId(rowsOf(data.party));
    this.documents = byId(rowsOf(data.document));
    this.claims = byId(rowsOf(data.claim));
    this.links = new Map();
    this.about = new Map();
    this.bottlenecks = [...this.parties.values()].filter((party) => party.kind === "Bottleneck");
    for (const claim of this.claims.values()) this.#join(claim);
    this.candidates = new Map();
    for (const row of rowsOf(data.candidate)) {
      if (!this.candidates.has(row.party)) this.candidates.set(row.party, []);
      this.candidates.get(row.party).push(row);
    }
    for (const link of rowsOf(data.link)) {
      for (const [id, other] of [[link.from, link.to], [link.to, link.from]]) {
        if (!this.links.has(id)) this.links.set(id, []);
        this.links.get(id).push({ ...link, other, active: id === link.from });
      }
    }
    const known = [...this.claims.values()].map((claim) => claim.known_from);
    const valid = [...this.claims.values()].flatMap((claim) => [claim.valid_from, claim.valid_to]).filter(Boolean);
    this.known = [least(known), most(known)];
    this.valid = [least(valid), most(valid)];
    for (const company of this.companies.values()) {
      company.find = folded(`${company.name} ${company.tickers} ${company.also} ${company.id}`);
    }
  }

  #join(claim) {
    claim.document = this.documents.get(claim.document);
    claim.from = claim.source || claim.subject;
    claim.to = claim.target || claim.object;
    for (const id of new Set([claim.from, claim.to, claim.subject, claim.object])) {
      if (!id) continue;
      if (!this.about.has(id)) this.about.set(id, []);
      this.about.get(id).push(claim);
    }
  }

  /** Return the company or other party of this id, or undefined. */
  entity(id) { return this.companies.get(id) || this.parties.get(id); }
  nameOf(id) { const found = this.entity(id); return found ? found.name : id; }
  kindOf(id) { return this.companies.has(id) ? "company" : ABOUT[this.parties.get(id)?.kind] || "party"; }

  /** Whether a claim is seen under the filters of ``state``, its predicate apart. */
  seen(claim, state) {
    if (state.tier === "fact" && claim.tier !== "fact") return false;
    const known = state.known || LATEST;
    if (claim.known_from > known || (claim.known_to && claim.known_to <= known)) return false;
    if (!state.asof) return true;
    return (claim.valid_from || state.asof) <= state.asof && (claim.valid_to || state.asof) >= state.asof;
  }

  /** Return what other claims say of a claim, as far as it was known on the day of ``state``. */
  linksOf(claim, state) {
    const known = state.known || LATEST;
    return (this.links.get(claim.id) || []).filter((link) => link.known_from <= known && !(link.known_to && link.known_to <= known));
  }

  /** Return the relations that stand under the filters: those that a fact carries, and with tier ``all`` those of candidates. */
  relations(state) {
    const found = new Map();
    for (const claim of this.claims.values()) {
      if (claim.polarity !== "positive" || state.hide.includes(claim.predicate) || !claim.to || claim.from === claim.to) continue;
      if (!(claim.carries || claim.tier === "candidate") || !this.seen(claim, state)) continue;
      const key = `${claim.from}|${claim.predicate}|${claim.to}`;
      if (!found.has(key)) found.set(key, new Relation(claim.from, claim.predicate, claim.to));
      const relation = found.get(key);
      relation.claims.push(claim);
      relation.carried ||= Boolean(claim.carries);
    }
    for (const relation of found.values()) relation.claims.sort(stronger);
    return [...found.values()];
  }
}

function stronger(a, b) {
  return (b.carries - a.carries) || (a.tier < b.tier ? 1 : a.tier > b.tier ? -1 : 0) || (b.trust - a.trust) || (b.known_from - a.known_from) || (a.id < b.id ? -1 : 1);
}
function least(values) { return values.reduce((a, b) => Math.min(a, b), LATEST); }
function most(values) { return values.reduce((a, b) => Math.max(a, b), 0); }
function folded(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }

/** Return ``text`` without marks that change the direction of what stands around it, for a canvas, which cannot isolate it. */
function plain(text) { return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, ""); }

/** Return companies, places, bottlenecks and the rest that ``words`` name, the nearest first. */
function search(market, words, limit) {
  const asked = folded(words.trim());
  if (!asked) return [];
  const found = [];
  const rank = (name, text, extra) => {
    const plainName = folded(name);
    if (plainName === asked) return 0 + extra;
    if (plainName.startsWith(asked)) return 1 + extra;
    if (` ${text}`.includes(` ${asked}`)) return 2 + extra;
    return text.includes(asked) ? 3 + extra : -1;
  };
  for (const company of market.companies.values()) {
    const at = rank(company.name, company.find, 0);
    if (at >= 0) found.push({ at, n: (market.about.get(company.id) || []).length, entity: company });
  }
  for (const party of market.parties.values()) {
    if (party.kind === "AnonymousParty" || party.kind === "Offering") continue;
    const at = rank(party.name, folded(party.name), party.kind === "Place" || party.kind === "Bottleneck" ? 0 : 1);
    if (at >= 0) found.push({ at, n: (market.about.get(party.id) || []).length, entity: party });
  }
  found.sort((a, b) => a.at - b.at || b.n - a.n || (a.entity.id < b.entity.id ? -1 : 1));
  return found.slice(0, limit);
}
