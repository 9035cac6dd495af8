"use strict";
// What is known of one company, place or bottleneck, and ways and shocks from it. What belongs here: the panel's text, made of text nodes.

const FIRST = 6;
const LONG_QUOTE = 260;
const MAYBE = 12;
const FORCE = { hedged: "may be", planned: "planned", conditional: "on a condition", historical: "in the past" };
const SEVERITY = { mention: "mentioned", may: "may happen", is: "is so", has_occurred: "has happened" };

/** Make an element; texts become text nodes, so that nothing in a document is ever markup. */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** A name of a document, kept apart from the direction of what stands around it. */
function bdi(text) { return el("bdi", {}, text); }
function cut(text, most) { return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text; }
function counted(n, one, many = `${one}s`) { return `${n.toLocaleString("en")} ${n === 1 ? one : many}`; }

/** A piece of the line that a predicate has in the picture. */
function swatch(market, code) {
  const [svg, line] = ["svg", "line"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  for (const [name, value] of Object.entries({ class: `swatch ${code}`, width: 26, height: 6, "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const [name, value] of Object.entries({ x1: 0, x2: 26, y1: 3, y2: 3, "stroke-width": 2.5, "stroke-dasharray": (market.predicate.get(code)?.line || []).join(" ") })) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}

class Panel {
  /** ``go`` takes changes of the state; ``reader`` opens a claim's text. */
  constructor(root, market, go) { Object.assign(this, { root, market, go, whole: new Set() }); }

  /** Show what ``state`` selects, or nothing. */
  show(state, found) {
    const key = `${state.at} ${state.shock} ${state.to}`;
    if (this.shown !== key) this.whole.clear();
    const fresh = this.shown !== key;
    if (this.at !== state.at) this.asking = false;
    this.at = state.at;
    this.state = state;
    this.shown = key;
    const id = state.at || state.shock;
    this.root.hidden = !id;
    if (!id) { this.root.replaceChildren(); return; }
    const top = fresh ? 0 : this.root.scrollTop;
    this.root.replaceChildren(this.#head(id, state), ...this.#ways(id, state, found), ...this.#groups(id, state), ...this.#maybe(id));
    this.root.scrollTop = top;
  }

  /** Put the keyboard on the name that was opened, so that what follows is read next. */
  focus() { this.root.querySelector("h2")?.focus({ preventScroll: true }); }

  #head(id, state) {
    const entity = this.market.entity(id);
    const company = this.market.companies.has(id);
    const says = company
      ? [entity.kind, entity.segment, entity.layers.replaceAll("_", " "), entity.tickers, entity.owner && `part of ${this.market.nameOf(entity.owner)}`, entity.registered ? "" : "not in the registry"]
      : [this.market.kindOf(id), entity.meaning];
    return el("div", { class: "head" },
      el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => this.go({ at: "", shock: "", to: "", claim: "" }) }, "×"),
      el("h2", { tabindex: "-1" }, bdi(entity.name)),
      el("p", { class: "says" }, says.filter(Boolean).join(" · ")),
      company && entity.also ? el("p", { class: "also" }, bdi(cut(entity.also, 160))) : "",
      el("div", { class: "deeds" },
        company ? el("button", { type: "button", id: "path-button", "aria-expanded": String(Boolean(this.asking || state.to)), onclick: () => { this.asking = !this.asking; this.go({ to: "" }); } }, "Path to …") : "",
        el("button", { type: "button", id: "shock-button", "aria-pressed": String(state.shock === id), onclick: () => this.go({ shock: state.shock === id ? "" : id, to: "" }) }, this.market.kindOf(id) === "place" ? "Cut it off …" : "Without it …"),
        el("button", { type: "button", id: "copy-button", onclick: (event) => this.#copy(event.target) }, "Copy link")));
  }

  async #copy(button) {
    try { await navigator.clipboard.writeText(location.href); button.textContent = "Copied"; } catch { button.textContent = "Copy it from the address bar"; }
  }

  #ways(id, state, found) {
    const parts = [];
    if (this.asking || state.to) parts.push(this.#asked(state));
    if (state.to) parts.push(this.#path(state, found.path));
    if (state.shock) parts.push(this.#shock(state, found.shock));
    return parts;
  }

  #asked(state) {
    const names = [...this.market.companies.values()].filter((c) => this.market.about.has(c.id)).map((c) => el("option", { value: c.name }));
    const take = (event) => {
      const [first] = search(this.market, event.target.value, 20).filter((f) => this.market.companies.has(f.entity.id) && f.entity.id !== state.at);
      if (event.target.value.trim() && first) this.go({ to: first.entity.id, shock: "" });
      else this.go({ to: "" }, event.target.value.trim() ? `No company is called ${event.target.value}.` : "");
    };
    return el("div", { class: "ask" }, el("label", { for: "path-to" }, "Path to"),
      el("input", { id: "path-to", list: "companies", maxlength: "200", autocomplete: "off", value: state.to ? this.market.nameOf(state.to) : "", onchange: take }),
      el("datalist", { id: "companies" }, ...names));
  }

  #path(state, steps) {
    if (!steps) return el("section", { class: "way", id: "path" }, el("p", { class: "none" }, `Nothing read joins ${this.market.nameOf(state.at)} and ${this.market.nameOf(state.to)} under these filters. Let in candidates, other relations or any day.`));
    return el("section", { class: "way", id: "path" }, el("h3", {}, `Path of ${counted(steps.length, "step")}`),
      el("ol", {}, ...steps.map((step) => el("li", { class: "item" }, this.#step(step.relation), this.#quote(step.relation.best)))));
  }

  #step(relation) {
    return el("p", { class: "step" }, this.#party(relation.from), " ", el("b", {}, this.market.predicate.get(relation.predicate).out.toLowerCase()), " ", this.#party(relation.to), relation.carried ? "" : el("span", { class: "tag" }, "candidate"));
  }

  #shock(state, shock) {
    const byHop = new Map();
    for (const [company, how] of shock.reached) {
      if (!byHop.has(how.hop)) byHop.set(how.hop, []);
      byHop.get(how.hop).push([company, how]);
    }
    const name = this.market.nameOf(state.shock);
    if (!byHop.size) return el("section", { class: "way", id: "shock" }, el("h3", {}, "Without ", bdi(name)), el("p", { class: "none" }, "Nothing read says that a company is supplied by it or depends on it, under these filters. That is no proof that none does."));
    const parts = [...byHop].sort((a, b) => a[0] - b[0]).map(([hop, hit]) => el("details", { open: hop === 1 },
      el("summary", {}, el("span", { class: `hop hop${hop}` }, String(hop)), ` ${counted(hit.length, "company", "companies")} ${hop === 1 ? "hit at once" : `${hop} steps away`}`),
      el("ul", {}, ...hit.sort((a, b) => b[1].relation.sources - a[1].relation.sources || (a[0] < b[0] ? -1 : 1)).map(([, how]) => el("li", { class: "item" }, this.#step(how.relation), this.#quote(how.relation.best))))));
    return el("section", { class: "way", id: "shock" }, el("h3", {}, "Without ", bdi(name)), el("p", { class: "says" }, "By supply and dependence as read, up to three steps. Stocks, other sources and time are not known."), ...parts);
  }

  /** Who an unnamed party may be, with the reasons; it is never made one with any of them. */
  #maybe(id) {
    const rows = this.market.candidates.get(id) || [];
    if (!rows.length) return [];
    const words = (text) => text.replaceAll("_", " ");
    return [el("section", { class: "group", "data-group": "maybe" }, el("h3", {}, "Who it may be ", el("span", { class: "count" }, String(rows.length))),
      el("p", { class: "none" }, `More speaks for these than against; \`loadpath ledger\` shows why.`),
      el("ul", {}, ...rows.slice(0, MAYBE).map((row) => el("li", { class: "item" }, el("p", { class: "who" }, this.#party(row.candidate)),
        el("p", { class: "from" }, `for: ${words(row.supports)}${row.refutes ? `; against: ${words(row.refutes)}` : ""}`)))),
      rows.length > MAYBE ? el("p", { class: "none" }, `and ${rows.length - MAYBE} more`) : "")];
  }

  /** The claims about ``id`` under the filters, by predicate and side. */
  #groups(id, state) {
    const groups = new Map();
    let hidden = 0;
    for (const claim of this.market.about.get(id) || []) {
      if (state.hide.includes(claim.predicate) || !this.market.seen(claim, state)) { hidden += 1; continue; }
      const out = [claim.from, claim.subject].includes(id);
      const key = claim.polarity === "negative" ? "denied" : claim.predicate + (out ? " out" : " in");
      if (!groups.has(key)) groups.set(key, new Map());
      const other = out ? claim.to || `${claim.metric} ${claim.object_name}` : claim.from;
      const item = key === "denied" ? `${claim.predicate} ${claim.from} ${claim.to}` : other;
      if (!groups.get(key).has(item)) groups.get(key).set(item, []);
      groups.get(key).get(item).push(claim);
    }
    const order = [...this.market.predicates.flatMap((p) => [`${p.code} out`, `${p.code} in`]), "denied"].filter((key) => groups.has(key));
    const parts = order.map((key) => this.#group(key, groups.get(key), id));
    if (!parts.length) parts.push(el("p", { class: "none" }, hidden ? `${counted(hidden, "claim")} about it, none under these filters.` : "No document that was read says anything of it."));
    else if (hidden) parts.push(el("p", { class: "none" }, `${counted(hidden, "more claim")} under other filters.`));
    return parts;
  }

  #group(key, items, id) {
    const [code, side] = key.split(" ");
    const title = code === "denied" ? "Denied" : this.market.predicate.get(code)[side];
    const rows = [...items.values()].map((claims) => claims.sort(stronger));
    rows.sort((a, b) => sourcesOf(b) - sourcesOf(a) || stronger(a[0], b[0]));
    const all = this.whole.has(key);
    const shown = all ? rows : rows.slice(0, FIRST);
    const more = rows.length - shown.length;
    const section = el("section", { class: "group", "data-group": key }, el("h3", {}, swatch(this.market, code), `${title} `, el("span", { class: "count" }, String(rows.length))),
      el("ul", {}, ...shown.map((claims) => this.#item(claims, id, code))));
    if (more) section.append(el("button", { type: "button", class: "more", onclick: () => { this.whole.add(key); section.replaceWith(this.#group(key, items, id)); } }, `Show ${more} more`));
    return section;
  }

  #item(claims, id, code) {
    const [best] = claims;
    const out = [best.from, best.subject].includes(id);
    const value = !best.to;
    const who = code === "denied"
      ? [this.#party(best.from), ` ${this.market.predicate.get(best.predicate).out.toLowerCase()} `, best.to ? this.#party(best.to) : bdi(best.object_name)]
      : [value ? el("b", {}, `${best.metric.replaceAll("_", " ")} `, bdi(best.object_name)) : this.#party(out ? best.to : best.from, out ? best.object_name : best.subject_name)];
    const rest = claims.slice(1);
    return el("li", { class: "item" },
      el("p", { class: "who" }, ...who, strengthOf(claims), best.tier === "candidate" ? el("span", { class: "tag" }, "candidate") : "", ...this.#tags(best)),
      this.#quote(best),
      rest.length ? el("details", {}, el("summary", {}, counted(rest.length, "more quote")), ...rest.slice(0, 30).map((claim) => this.#quote(claim))) : "");
  }

  #tags(claim) {
    const links = this.market.linksOf(claim, this.state);
    const says = (type) => links.some((link) => link.type === type);
    const superseded = links.some((link) => link.type === "SUPERSEDES" && !link.active);
    return [detailOf(claim), FORCE[claim.modality], SEVERITY[claim.severity], says("CONTRADICTS") && "contradicted", says("CONFIRMS") && "confirmed", superseded && "superseded"]
      .filter(Boolean).map((text) => el("span", { class: `tag ${text === "contradicted" ? "bad" : ""}` }, text));
  }

  #party(id, as = "") {
    const name = this.market.nameOf(id);
    const surely = as && as !== name ? `${as} (${name})` : name;
    return el("button", { type: "button", class: "link", onclick: () => this.go({ at: id, shock: "", to: "", claim: "" }) }, bdi(surely));
  }

  #quote(claim) {
    const { document } = claim;
    return el("div", { class: "said" },
      el("button", { type: "button", class: "quote", "data-claim": claim.id, title: "Show these words in the document", onclick: () => this.go({ claim: claim.id }) }, el("q", {}, bdi(cut(claim.quote, LONG_QUOTE)))),
      el("p", { class: "from" }, bdi(cut(document.publisher, 50)), ` · ${document.form ? `${cut(document.form, 12)} · ` : ""}${document.day}`));
  }
}

function sourcesOf(claims) { return new Set(claims.map((claim) => claim.document.source_group)).size; }

/** How strongly it is said: bars for sources, and the trust of the best claim. */
function strengthOf(claims) {
  const sources = sourcesOf(claims);
  const trust = Math.round(100 * claims[0].trust);
  const bars = Math.min(4, sources);
  return el("span", { class: "strength", title: `${counted(sources, "source")}, ${counted(claims.length, "claim")}, trust ${trust} %` },
    el("span", { class: "bars", "aria-hidden": "true" }, "▮".repeat(bars) + "▯".repeat(4 - bars)), `${counted(sources, "source")} · ${trust} %`);
}

function detailOf(claim) {
  return [claim.role === "other" ? "" : claim.role.replaceAll("_", " "), claim.kind === "other" ? "" : claim.kind.replaceAll("_", " "), claim.share === null ? "" : `${claim.share} %${claim.benchmark ? ` of ${claim.benchmark}` : ""}`, cut(claim.amount, 40), claim.sole ? "only source" : ""].filter(Boolean).join(", ");
}
