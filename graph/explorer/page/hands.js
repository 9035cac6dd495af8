"use strict";
// Search, filters, mouse, touch and keys. What belongs here: what people do to the page, as changes of its state.

class Finder {
  constructor(market, choose) {
    Object.assign(this, { market, choose, found: [], at: -1 });
    this.input = $("search");
    this.list = $("found");
    this.input.addEventListener("input", () => this.#find());
    this.input.addEventListener("focus", () => { if (this.input.value) this.#find(); });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#close());
  }

  #find() {
    this.found = search(this.market, this.input.value, 12);
    this.at = this.found.length ? 0 : -1;
    const asked = this.input.value.trim();
    this.list.replaceChildren(...this.found.map(({ entity, n }, at) => el("li", { role: "option", id: `found-${at}`, onmousedown: (event) => { event.preventDefault(); this.#take(at); } },
      el("span", {}, bdi(entity.name)), el("small", {}, `${this.market.companies.has(entity.id) ? [entity.segment || "company", entity.tickers].filter(Boolean).join(" · ") : this.market.kindOf(entity.id)} · ${counted(n, "claim")}`))));
    if (asked && !this.found.length) this.list.replaceChildren(el("li", { class: "none", role: "option", "aria-disabled": "true" }, `Nothing is called “${cut(asked, 40)}” in what was read.`));
    this.#mark();
    this.list.hidden = !asked;
    this.input.setAttribute("aria-expanded", String(Boolean(asked)));
    if (asked) say(counted(this.found.length, "result"));
  }

  #key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && this.found.length) {
      this.at = (this.at + move + this.found.length) % this.found.length;
      this.#mark();
      event.preventDefault();
    } else if (event.key === "Enter" && this.at >= 0) this.#take(this.at);
    else if (event.key === "Escape") { this.#close(); event.stopPropagation(); }
  }

  #mark() {
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.at)));
    if (this.at >= 0) { this.input.setAttribute("aria-activedescendant", `found-${this.at}`); this.list.children[this.at]?.scrollIntoView({ block: "nearest" }); } else this.input.removeAttribute("aria-activedescendant");
  }

  #take(at) {
    const { entity } = this.found[at];
    this.input.value = "";
    this.#close();
    this.choose(entity.id);
  }

  #close() {
    this.list.hidden = true;
    this.found = [];
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

class Filters {
  constructor(root, market, go) {
    Object.assign(this, { root, market, go });
    this.boxes = { hide: new Map(), columns: new Map(), marks: new Map() };
    root.append(
      el("div", { class: "bar" }, el("h2", {}, "Filters"), el("button", { type: "button", class: "link", id: "all-again", onclick: () => go({ tier: "fact", hide: [], columns: [], marks: [], asof: 0, known: 0 }) }, "Clear")),
      this.#tiers(), this.#bottlenecks(),
      this.#set("Relations", market.predicates.filter((p) => p.code !== "HAS_METRIC"), "hide", true),
      this.#set("Columns", market.layouts.all.columns, "columns", true),
      this.#day("asof", "As of", "What the text is about", market.valid), this.#day("known", "Known on", "What could be known then", market.known));
  }

  #tiers() {
    this.tier = ["fact", "all"].map((tier) => el("input", { type: "radio", name: "tier", value: tier, id: `tier-${tier}`, onchange: () => this.go({ tier }) }));
    return el("fieldset", {}, el("legend", {}, "How sure"), el("label", {}, this.tier[0], " facts"), el("label", {}, this.tier[1], " candidates too"));
  }

  #set(title, choices, name) {
    return el("fieldset", { class: "set" }, el("legend", {}, title), ...choices.map(({ code, name: words }) => {
      const box = el("input", { type: "checkbox", id: `${name}-${code}`, onchange: () => this.#toggle(name, code) });
      const count = el("span", { class: "count" });
      this.boxes[name].set(code, { box, count });
      return el("label", {}, box, name === "hide" ? swatch(this.market, code) : "", ` ${words} `, count);
    }));
  }

  #bottlenecks() {
    const choices = this.market.bottlenecks.filter((b) => (this.market.about.get(b.id) || []).length).sort((a, b) => this.market.about.get(b.id).length - this.market.about.get(a.id).length || (a.id < b.id ? -1 : 1));
    const shown = (party) => {
      const box = el("input", { type: "checkbox", id: `marks-${party.id}`, onchange: () => this.#toggle("marks", party.id) });
      const count = el("span", { class: "count" });
      this.boxes.marks.set(party.id, { box, count });
      return el("label", { title: party.meaning }, box, el("span", { class: "letters", "aria-hidden": "true" }, lettersOf(this.market, party.id)), " ", bdi(cut(party.name, 40)), " ", count);
    };
    const others = choices.filter((party) => !party.listed);
    return el("fieldset", { class: "set" }, el("legend", {}, "Bottlenecks, as marks"), ...choices.filter((party) => party.listed).map(shown),
      others.length ? el("details", {}, el("summary", {}, `${counted(others.length, "other")} in documents' words`), ...others.map(shown)) : "",
      el("p", { class: "none" }, choices.length ? "Full: exposed. Framed: relieves it." : "No document speaks of one."));
  }

  #day(name, title, meaning, [first, last]) {
    const from = Math.max(first, 20100101 < last ? 20100101 : first);
    const range = el("input", { type: "range", id: `${name}-range`, min: dayCount(from), max: dayCount(last), "aria-label": `${title}, slider`, oninput: () => this.go({ [name]: dayOfCount(+range.value) }) });
    const date = el("input", { type: "date", id: `${name}-date`, "aria-label": title, onchange: () => this.go({ [name]: dayNumber(date.value) }) });
    const any = el("button", { type: "button", class: "link", id: `${name}-any`, onclick: () => this.go({ [name]: 0 }) }, name === "asof" ? "any day" : "latest");
    this[name] = { range, date, any, last };
    if (!last) { range.disabled = true; date.disabled = true; }
    return el("fieldset", {}, el("legend", { title: meaning }, title), el("p", { class: "none" }, meaning), range, el("div", { class: "bar" }, date, any));
  }

  #toggle(name, code) {
    const now = this.state[name];
    this.go({ [name]: now.includes(code) ? now.filter((each) => each !== code) : [...now, code] });
  }

  show(state, relations) {
    this.state = state;
    this.tier[state.tier === "all" ? 1 : 0].checked = true;
    const counts = new Map();
    for (const relation of relations) {
      counts.set(relation.predicate, (counts.get(relation.predicate) || 0) + 1);
      // Of a bottleneck, the companies that it marks.
      if (["EXPOSED_TO", "RELIEVES"].includes(relation.predicate) && this.market.companies.has(relation.from)) counts.set(relation.to, (counts.get(relation.to) || 0) + 1);
    }
    for (const [name, boxes] of Object.entries(this.boxes)) {
      for (const [code, { box, count }] of boxes) {
        box.checked = state[name].includes(code) === (name === "marks");
        count.textContent = name === "columns" || !counts.get(code) ? "" : String(counts.get(code));
      }
    }
    for (const name of ["asof", "known"]) {
      const { range, date, any, last } = this[name];
      range.value = dayCount(state[name] || last);
      date.value = state[name] ? dayText(state[name]) : "";
      range.setAttribute("aria-valuetext", state[name] ? dayText(state[name]) : any.textContent);
      any.setAttribute("aria-pressed", String(!state[name]));
    }
    const on = state.hide.length + state.columns.length + state.marks.length + (state.tier === "all") + Boolean(state.asof) + Boolean(state.known);
    $("filters-button").textContent = on ? `Filters (${on})` : "Filters";
  }
}

function toggleFilters(on) {
  document.body.classList.toggle("without-filters", !on);
  $("filters-button").setAttribute("aria-expanded", String(on));
}

/** Take mouse, touch and keys for ``explorer``. */
function hands(explorer) {
  const { picture } = explorer;
  $("filters-button").addEventListener("click", () => toggleFilters(document.body.classList.contains("without-filters")));
  $("list-button").addEventListener("click", () => { explorer.go({ view: explorer.state.view === "list" ? "picture" : "list" }); if (explorer.state.view === "list") $("list").focus(); });
  $("theme-button").addEventListener("click", () => {
    const dark = explorer.state.theme ? explorer.state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    explorer.go({ theme: dark ? "light" : "dark" });
  });
  for (const [id, deed] of Object.entries({ "zoom-in": () => explorer.zoom(ZOOM.step), "zoom-out": () => explorer.zoom(1 / ZOOM.step), "zoom-all": () => explorer.all() })) $(id).addEventListener("click", deed);
  document.addEventListener("keydown", (event) => keyed(explorer, event));
  pointers(explorer, $("canvas"));
}

function keyed(explorer, event) {
  const typing = event.target.closest("input, select, dialog");
  if (event.key === "/" && !typing) { event.preventDefault(); $("search").focus(); return; }
  if (event.key === "Escape" && !typing && explorer.state.at + explorer.state.shock) { explorer.go({ at: "", shock: "", to: "", claim: "" }); $("canvas").focus(); return; }
  if (event.target !== $("canvas") || event.ctrlKey || event.metaKey || event.altKey) return;
  const { picture } = explorer;
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const deeds = { "+": () => explorer.zoom(ZOOM.step), "=": () => explorer.zoom(ZOOM.step), "-": () => explorer.zoom(1 / ZOOM.step), 0: () => explorer.all() };
  if (event.key in arrows) {
    picture.hover = picture.next(picture.hover || explorer.state.at, ...arrows[event.key]);
    picture.centre(picture.hover);
    picture.ask();
    const node = picture.byId.get(picture.hover);
    if (node) say(`${node.label}, ${counted(node.size, "relation")}`);
  } else if (event.key === "Enter" && picture.hover) explorer.select(picture.hover);
  else if (event.key in deeds) deeds[event.key]();
  else return;
  event.preventDefault();
}

/** Drag moves, wheel and two fingers zoom, a click opens. */
function pointers(explorer, canvas) {
  const { picture } = explorer;
  const down = new Map();
  let gone = 0;
  const place = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); down.set(event.pointerId, place(event)); if (down.size === 1) gone = 0; });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = place(event);
    if (!down.has(event.pointerId)) {
      const over = picture.under(x, y);
      if (over !== picture.hover) { picture.hover = over; canvas.style.cursor = over ? "pointer" : "grab"; picture.ask(); }
      return;
    }
    const [px, py] = down.get(event.pointerId);
    if (down.size === 2) {
      const [[ox, oy]] = [...down].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      picture.zoom(Math.hypot(x - ox, y - oy) / Math.max(1, Math.hypot(px - ox, py - oy)), (x + ox) / 2, (y + oy) / 2);
      gone = 99;
    } else { picture.move(x - px, y - py); gone += Math.abs(x - px) + Math.abs(y - py); }
    explorer.moved ||= gone > 5;
    down.set(event.pointerId, [x, y]);
  });
  const up = (event) => {
    if (!down.delete(event.pointerId) || event.type === "pointercancel" || gone > 5) return;
    const id = picture.under(...place(event));
    if (id) explorer.select(id);
    else if (explorer.state.at || explorer.state.shock) explorer.go({ at: "", shock: "", to: "", claim: "" });
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); explorer.moved = true; picture.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), ...place(event)); }, { passive: false });
}
