"use strict";
// The page comes alive: what is asked by mouse, touch, keys and address, and showing it. What belongs here: wiring.

const $ = (id) => document.getElementById(id);
const HOPS = 3;
let app = null;

class Explorer {
  constructor(market) {
    this.market = market;
    this.state = emptyState();
    this.picture = new Picture($("canvas"), market, () => paint(market));
    this.reader = new Reader(market, (change) => this.go(change));
    this.panel = new Panel($("panel"), market, (change, said) => { this.go(change); if (said) notice(said); });
    this.filters = new Filters($("filters"), market, (change) => this.go(change));
    this.finder = new Finder(market, (id) => this.select(id));
    hands(this);
    addEventListener("hashchange", () => this.#read());
    addEventListener("resize", () => this.#resized());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.picture.recolour());
    new ResizeObserver(() => this.#resized()).observe($("picture"));
    if (innerWidth < 900) toggleFilters(false);
    this.picture.resize();
    this.picture.rested = () => this.#rested();
    this.#read();
    this.#frame();
    $("state").hidden = true;
  }

  /** Change what is shown, and the address with it. */
  go(change) {
    const before = this.state;
    this.state = { ...before, ...change };
    if (addressOf(before) === addressOf(this.state)) { this.show(before); return; }
    const step = ["at", "claim", "to", "shock"].some((name) => before[name] !== this.state[name]);
    history[step ? "pushState" : "replaceState"](null, "", addressOf(this.state));
    this.show(before);
  }

  zoom(factor) {
    this.moved = true;
    this.picture.zoom(factor);
  }

  /** Show all again. */
  all() {
    this.moved = false;
    this.picture.fit();
    this.#rested();
  }

  select(id) {
    const company = this.market.companies.get(id);
    if (company && company.fact_x === null && company.all_x !== null && this.state.tier === "fact") notice(`Of ${company.name} only candidates are known; “candidates too” draws them.`);
    this.go({ at: id, claim: "", to: "", shock: "" });
    this.picture.centre(id);
    this.panel.focus();
    if (company) say(`${company.name}, ${counted((this.market.about.get(id) || []).length, "claim")}`);
  }

  #read() {
    const before = this.state;
    const { state, wrong } = stateOf(location.hash, this.market);
    this.state = state;
    notice(wrong.length ? `The address names what this market does not have: ${cut(wrong.join(", "), 200)}` : "");
    this.show(before);
    if (state.zoom && state.zoom !== before.zoom && this.picture.width) this.#frame();
    else if (state.at && state.at !== before.at) this.picture.centre(state.at);
  }

  /** Show the state: filters, relations, picture, panel, list and reader. */
  show(before) {
    const { state, market } = this;
    document.documentElement.dataset.theme = state.theme;
    if (before.theme !== state.theme) this.picture.recolour();
    const filtering = ["tier", "hide", "asof", "known"].some((name) => String(before[name]) !== String(state[name]));
    if (filtering || !this.relations) this.relations = market.relations(state);
    const marks = this.#marks();
    const kept = state.marks.length ? this.relations.filter((r) => marks.has(r.from) || marks.has(r.to)) : this.relations;
    const found = { path: state.to && state.at ? pathBetween(market, this.relations, state.at, state.to) : null, shock: state.shock ? { id: state.shock, reached: shockOf(market, this.relations, state.shock, HOPS) } : null };
    this.picture.show(state, kept, { at: state.at, marks, shock: found.shock, lit: this.#lit(kept, found, marks) });
    if (before.tier !== state.tier && this.picture.width) this.picture.fit();
    this.filters.show(state, this.relations);
    this.panel.show(state, found);
    document.body.classList.toggle("with-panel", !$("panel").hidden);
    this.#list();
    this.#summary(kept);
    this.reader.show(state);
  }

  /** The letters that stand at each company for the bottlenecks that are switched on. */
  #marks() {
    const { state, market } = this;
    const marks = new Map();
    for (const relation of this.relations) {
      if (!["EXPOSED_TO", "RELIEVES"].includes(relation.predicate) || !state.marks.includes(relation.to)) continue;
      if (!marks.has(relation.from)) marks.set(relation.from, []);
      marks.get(relation.from).push({ letters: lettersOf(market, relation.to), relieves: relation.predicate === "RELIEVES", code: relation.to });
    }
    for (const of of marks.values()) of.sort((a, b) => (a.code < b.code ? -1 : 1));
    return marks;
  }

  /** What stands out: the shock, the path, else the chosen party's relations, else the marked companies. */
  #lit(relations, found, marks) {
    const { state } = this;
    if (found.shock) {
      const how = [...found.shock.reached.values()].map((each) => each.relation);
      return { nodes: new Set([state.shock, ...found.shock.reached.keys()]), relations: how };
    }
    if (found.path) {
      const steps = found.path.map((step) => step.relation);
      return { nodes: new Set([state.at, ...found.path.map((step) => step.to)]), relations: steps, strong: new Set(steps.map((r) => r.key)) };
    }
    if (state.at) {
      const own = relations.filter((r) => r.from === state.at || r.to === state.at);
      return { nodes: new Set([state.at, ...own.map((r) => r.other(state.at))]), relations: own };
    }
    return marks.size || state.marks.length ? { nodes: new Set(marks.keys()), relations: [] } : null;
  }

  #summary(relations) {
    const shown = this.picture.paths.length ? relations.filter((r) => this.picture.byId.has(r.from) && this.picture.byId.has(r.to)).length : 0;
    const days = [this.state.asof && `as of ${dayText(this.state.asof)}`, this.state.known && `as known on ${dayText(this.state.known)}`].filter(Boolean).join(", ");
    $("summary").textContent = `${counted(this.picture.nodes.length, "company", "companies")}, ${counted(shown, "relation")} between them${days ? `, ${days}` : ""}`;
    const empty = !this.picture.nodes.length;
    const hint = this.market.claims.size ? "No relation stands under these filters." : "Nothing is read yet: `loadpath demo` builds a sample market, `loadpath add` reads documents of your own.";
    $("hint").hidden = !empty;
    if (empty) $("hint").replaceChildren(el("p", {}, hint), this.market.claims.size ? el("button", { type: "button", id: "reset", onclick: () => this.go({ ...emptyState(), theme: this.state.theme }) }, "Show everything again") : "");
  }

  /** The picture as text: companies by column, with how many relations they have. */
  #list() {
    const on = this.state.view === "list";
    $("list").hidden = !on;
    document.body.classList.toggle("as-list", on);
    $("list-button").setAttribute("aria-pressed", String(on));
    if (!on) return;
    const columns = this.market.layouts[this.state.tier].columns.filter((column) => !this.state.columns.includes(column.code));
    const marks = this.#marks();
    $("list").replaceChildren(el("p", {}, `${counted(this.picture.nodes.length, "company", "companies")} with how many relations each has; the most joined first.`), ...columns.map((column) => {
      const nodes = this.picture.nodes.filter((node) => node.column === column.code);
      return nodes.length ? el("section", {}, el("h2", {}, column.name), el("ul", {}, ...nodes.map((node) => el("li", {}, el("button", { type: "button", class: "link", "aria-current": String(node.id === this.state.at), onclick: () => this.select(node.id) }, bdi(node.label)), ` ${node.size}`, ...(marks.get(node.id) || []).map((mark) => el("span", { class: "tag" }, `${mark.relieves ? "relieves " : ""}${this.market.nameOf(mark.code)}`)))))) : "";
    }));
  }

  /** Show all, or the part that the address names. */
  #frame() {
    this.picture.fit();
    this.moved = Boolean(this.state.zoom);
    if (this.state.zoom) this.picture.goto(this.state.zoom);
    else this.picture.centre(this.state.at || this.state.shock);
  }

  /** Keep the part that is shown in the address, once the hand rests. */
  #rested() {
    this.state = { ...this.state, zoom: this.moved ? this.picture.place : "" };
    history.replaceState(null, "", addressOf(this.state));
  }

  #resized() {
    if (this.picture.resize()) {
      if (!this.moved) this.#frame();
      this.picture.draw();
    }
  }
}

function lettersOf(market, id) { return market.marks[id] || plain(market.nameOf(id)).slice(0, 2); }

/** The colours of the picture, as the style sheet has them for light or dark. */
function paint(market) {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  const predicate = {};
  for (const code of market.predicate.keys()) predicate[code] = of(code);
  return { ground: of("ground"), band: of("band"), line: of("line"), text: of("text"), soft: of("soft"), node: of("node"), accent: of("accent"), alarm: of("alarm"), mark: of("mark"), onMark: of("on-mark"), hit: [of("hit1"), of("hit2"), of("hit3")], onHit: of("on-hit"), dark: of("scheme") === "dark", predicate };
}

function notice(text) { $("notice").textContent = text; $("notice").hidden = !text; }
function say(text) { $("live").textContent = text; }

function broken(text) {
  $("state").hidden = false;
  $("state").replaceChildren(el("div", { class: "broken" }, el("h2", {}, "The market cannot be shown"), el("p", {}, text), el("button", { type: "button", onclick: () => location.reload() }, "Try again")));
}

async function begin() {
  const held = $("market");
  let data;
  try {
    if (held) data = JSON.parse(held.textContent);
    else {
      const slow = setTimeout(() => $("state").append(el("p", {}, "This takes longer than usual; a large market needs some seconds.")), 4000);
      const answer = await fetch("market.json");
      const text = await answer.text();
      clearTimeout(slow);
      if (!answer.ok) throw new Error(text.trim());
      data = JSON.parse(text);
    }
  } catch (error) {
    const gone = error instanceof TypeError;
    broken(gone ? "The server does not answer. Is `loadpath explore` still running?" : error instanceof SyntaxError ? "What came is not whole. Load the page again, or write the file anew." : error.message);
    return;
  }
  if (held) held.remove();
  app = new Explorer(new Market(data));
  requestAnimationFrame(() => performance.mark("market drawn"));
}

begin();
