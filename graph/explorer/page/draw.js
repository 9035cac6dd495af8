"use strict";
// The picture on the canvas. What belongs here: what is drawn where, zoom, and what lies under the pointer. No filters, no text of claims.

const ZOOM = { least: 0.12, most: 4, step: 1.35 };
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const HEADING = 30;
const TALLEST = 2.2;
// So many marks stand beside a company; a number tells of more.
const BADGES = 4;
// All is painted beside the canvas with so many points around it, so that moving does not paint it anew.
const MARGIN = 240;
const REST = 140;

class Picture {
  constructor(canvas, market, paint) {
    Object.assign(this, { canvas, market, paint, nodes: [], byId: new Map(), relations: [], paths: [], hover: null });
    this.view = { x: 0, y: 0, k: 1 };
    this.rested = () => {};
    this.ctx = canvas.getContext("2d");
    this.layer = document.createElement("canvas");
    this.layerAt = null;
    // The picture is as high as its room asks for: columns keep their width, rows move apart.
    this.tall = 1;
    this.scene = { at: "", lit: null, marks: new Map(), shock: null, path: null };
    this.drawn = 0;
  }

  /** Take what is seen: the tier's layout, columns that are not hidden, relations of companies. */
  show(state, relations, scene) {
    this.layout = this.market.layouts[state.tier];
    this.off = new Set(state.columns);
    const axis = state.tier;
    const degree = new Map();
    this.relations = relations.filter((r) => this.#stands(r.from, axis) && this.#stands(r.to, axis));
    for (const relation of relations) for (const id of [relation.from, relation.to]) degree.set(id, (degree.get(id) || 0) + 1);
    this.nodes = [];
    for (const company of this.market.companies.values()) {
      if (!this.#stands(company.id, axis) || !(degree.get(company.id) || company.id === state.at)) continue;
      const size = degree.get(company.id) || 0;
      this.nodes.push({ id: company.id, x: company[`${axis}_x`], row: company[`${axis}_y`], y: company[`${axis}_y`] * this.tall, r: 3 + Math.min(7, 1.4 * Math.sqrt(size)), size, label: plain(company.name), column: company.column });
    }
    this.nodes.sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
    this.byId = new Map(this.nodes.map((node) => [node.id, node]));
    this.scene = scene;
    this.#trace();
    this.layerAt = null;
    this.ask();
  }

  #stands(id, axis) {
    const company = this.market.companies.get(id);
    return Boolean(company) && company[`${axis}_x`] !== null && !this.off.has(company.column);
  }

  /** Make one path a predicate and strength, in the picture's own units: they are stroked at any zoom. */
  #trace() {
    const groups = new Map();
    for (const relation of this.relations) {
      if (!this.byId.has(relation.from) || !this.byId.has(relation.to)) continue;
      const weight = !relation.carried ? 0 : relation.sources > 2 ? 3 : relation.sources > 1 ? 2 : 1;
      const key = `${relation.predicate} ${weight}`;
      if (!groups.has(key)) groups.set(key, { predicate: relation.predicate, weight, path: new Path2D() });
      curve(groups.get(key).path, this.byId.get(relation.from), this.byId.get(relation.to));
    }
    this.paths = [...groups.values()].sort((a, b) => a.weight - b.weight || (a.predicate < b.predicate ? -1 : 1));
  }

  resize() {
    const box = this.canvas.getBoundingClientRect();
    const dpr = Math.min(2, window.devicePixelRatio || 1);
    if (!box.width || !box.height) return false;
    const changed = this.width !== box.width || this.height !== box.height || this.dpr !== dpr;
    Object.assign(this, { width: box.width, height: box.height, dpr });
    if (changed) {
      this.canvas.width = Math.round(box.width * dpr);
      this.canvas.height = Math.round(box.height * dpr);
      this.layer.width = Math.round((box.width + 2 * MARGIN) * dpr);
      this.layer.height = Math.round((box.height + 2 * MARGIN) * dpr);
      this.layerAt = null;
    }
    return changed;
  }

  /** Show all; a narrow screen shows the height, and the rest by moving sideways. */
  fit() {
    if (!this.width || !this.layout) return;
    const { width, height } = this.layout;
    const room = this.height - HEADING - 12;
    const narrow = this.width < 560;
    const k = narrow ? Math.max(0.55, this.width / width) : Math.min(this.width / width, room / height);
    const tall = Math.max(1, Math.min(TALLEST, room / height / k));
    if (tall !== this.tall) {
      this.tall = tall;
      for (const node of this.nodes) node.y = node.row * tall;
      this.#trace();
      this.layerAt = null;
    }
    // What a narrow screen shows first is where most is joined.
    const busiest = this.nodes.length ? this.width / 2 - (this.nodes[0].x + 40) * k : 0;
    this.view = { k, x: narrow ? Math.min(0, Math.max(this.width - width * k, busiest)) : (this.width - width * k) / 2, y: HEADING + Math.max(0, (room - height * tall * k) / 2) - 22 * k * tall };
    this.ask();
  }

  /** Return where the view is, in the picture's own units: scale and middle; and go to such a place. */
  get place() {
    const { x, y, k } = this.view;
    return [k, (this.width / 2 - x) / k, (this.height / 2 - y) / k / this.tall].map((part) => part.toFixed(2)).join(",");
  }

  goto(place) {
    const [k, x, y] = place.split(",").map(Number);
    const scale = Math.max(ZOOM.least, Math.min(ZOOM.most, k));
    this.view = { k: scale, x: this.width / 2 - x * scale, y: this.height / 2 - y * this.tall * scale };
    this.ask();
  }

  centre(id) {
    const node = this.byId.get(id);
    if (!node) return;
    const { x, y, k } = this.view;
    const at = [node.x * k + x, node.y * k + y];
    if (at[0] > 60 && at[0] < this.width - 120 && at[1] > HEADING + 20 && at[1] < this.height - 60) return;
    this.view.x = this.width / 2 - node.x * k;
    this.view.y = this.height / 2 - node.y * k;
    this.ask();
  }

  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const k = Math.max(ZOOM.least, Math.min(ZOOM.most, this.view.k * factor));
    const by = k / this.view.k;
    this.view = { k, x: px - (px - this.view.x) * by, y: py - (py - this.view.y) * by };
    this.ask();
  }

  move(dx, dy) {
    this.view.x += dx;
    this.view.y += dy;
    this.ask();
  }

  ask() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.draw(); });
  }

  /** Put down what is painted, moved and scaled while the view changes; what rests, or has moved far, is painted anew. */
  draw() {
    if (!this.width || !this.layout) return;
    const { ctx, dpr, view } = this;
    this.colours ||= this.paint();
    const at = this.layerAt;
    const by = at ? view.k / at.k : 1;
    const [dx, dy] = at ? [view.x - at.x * by, view.y - at.y * by] : [0, 0];
    const far = Math.abs(dx + this.width * (by - 1) / 2) > MARGIN * 0.9 || Math.abs(dy + this.height * (by - 1) / 2) > MARGIN * 0.9 || by > 1.5 || by < 0.75;
    if (!at || far) this.#render();
    else if (dx || dy || by !== 1) {
      clearTimeout(this.resting);
      this.resting = setTimeout(() => { this.layerAt = null; this.ask(); this.rested(); }, REST);
    }
    const put = this.layerAt;
    const scale = view.k / put.k;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.drawImage(this.layer, view.x - (put.x + MARGIN) * scale, view.y - (put.y + MARGIN) * scale, (this.layer.width / dpr) * scale, (this.layer.height / dpr) * scale);
    this.#pointed(ctx);
    this.#headings(ctx);
    this.drawn += 1;
  }

  /** Paint all but headings and what is pointed at, with a margin around the canvas. */
  #render() {
    const { view, dpr } = this;
    const ctx = this.layer.getContext("2d");
    const moved = { k: view.k, x: view.x + MARGIN, y: view.y + MARGIN };
    const room = { width: this.width + 2 * MARGIN, height: this.height + 2 * MARGIN };
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.fillStyle = this.colours.ground;
    ctx.fillRect(0, 0, room.width, room.height);
    this.#bands(ctx, moved, room);
    ctx.setTransform(dpr * view.k, 0, 0, dpr * view.k, dpr * moved.x, dpr * moved.y);
    this.#flows(ctx);
    this.#lit(ctx);
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.#nodes(ctx, moved, room);
    this.#labels(ctx, moved, room);
    this.layerAt = { ...view };
  }

  recolour() { this.colours = null; this.layerAt = null; this.ask(); }

  #bands(ctx, { x, k }, { height }) {
    this.layout.columns.forEach((column, at) => {
      if (at % 2) return;
      ctx.fillStyle = this.colours.band;
      ctx.fillRect(column.x * k + x, 0, column.width * k, height);
    });
  }

  #flows(ctx) {
    const { k } = this.view;
    const crowd = Math.max(0.16, Math.min(0.5, 130 / Math.max(1, this.relations.length)));
    const dim = this.scene.lit ? 0.15 : 1;
    for (const group of this.paths) {
      ctx.strokeStyle = this.colours.predicate[group.predicate];
      ctx.globalAlpha = dim * (group.weight ? Math.min(0.9, crowd * (0.7 + 0.5 * group.weight)) : crowd * 0.5);
      ctx.lineWidth = (group.weight ? 0.5 + 0.5 * group.weight : 0.6) / k;
      ctx.setLineDash(this.#dash(group.predicate, k));
      ctx.stroke(group.path);
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  #dash(predicate, k) { return (this.market.predicate.get(predicate).line || []).map((length) => length / k); }

  /** Draw the relations that are lit, with their arrows. */
  #lit(ctx) {
    const { lit } = this.scene;
    if (!lit) return;
    const { k } = this.view;
    for (const relation of lit.relations) {
      const from = this.byId.get(relation.from);
      const to = this.byId.get(relation.to);
      if (!from || !to) continue;
      const strong = lit.strong && lit.strong.has(relation.key);
      ctx.strokeStyle = ctx.fillStyle = this.colours.predicate[relation.predicate];
      ctx.lineWidth = ((strong ? 3 : 1.2) + Math.min(2, relation.sources - 1) * 0.6) / k;
      ctx.setLineDash(this.#dash(relation.predicate, k));
      const path = new Path2D();
      const end = curve(path, from, to);
      ctx.stroke(path);
      ctx.setLineDash([]);
      arrow(ctx, end, to, 7 / k);
    }
  }

  #nodes(ctx, { x, y, k }, room) {
    const grow = growth(k);
    const { lit, marks, shock, at } = this.scene;
    for (let n = this.nodes.length - 1; n >= 0; n -= 1) {
      const node = this.nodes[n];
      const px = node.x * k + x;
      const py = node.y * k + y;
      if (px < -40 || px > room.width + 40 || py < -40 || py > room.height + 40) continue;
      ctx.globalAlpha = !lit || lit.nodes.has(node.id) ? 1 : 0.28;
      ctx.lineWidth = 1.2;
      disc(ctx, px, py, node.r * grow, this.colours.node);
      ctx.strokeStyle = this.colours.ground;
      ctx.stroke();
      if (node.id === at) ring(ctx, px, py, node.r * grow + 4, this.colours.accent, 3);
      if (shock) this.#hit(ctx, node, px, py, node.r * grow);
      this.#badges(ctx, marks.get(node.id), px - node.r * grow - 3, py);
    }
    ctx.globalAlpha = 1;
  }

  /** Ring and name what the pointer or the arrow keys are on. */
  #pointed(ctx) {
    const node = this.byId.get(this.hover);
    if (!node) return;
    const { x, y, k } = this.view;
    const r = node.r * growth(k);
    ring(ctx, node.x * k + x, node.y * k + y, r + 4, this.colours.accent, 1.8);
    named(ctx, node.label, node.x * k + x + r + 4, node.y * k + y, lettering(k), this.colours);
  }

  /** Cross out what is gone, and number whom it hits by how far away they are. */
  #hit(ctx, node, px, py, r) {
    const { shock } = this.scene;
    if (node.id === shock.id) {
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = this.colours.alarm;
      ctx.beginPath();
      for (const side of [-1, 1]) { ctx.moveTo(px - (r + 4), py - side * (r + 4)); ctx.lineTo(px + (r + 4), py + side * (r + 4)); }
      ctx.stroke();
    } else if (shock.reached.has(node.id)) {
      const { hop } = shock.reached.get(node.id);
      disc(ctx, px, py, Math.max(7, r), this.colours.hit[hop - 1] || this.colours.hit[2]);
      word(ctx, String(hop), px, py, this.colours.onHit, 10);
    }
  }

  /** Draw the letters of the bottlenecks that are switched on: full where exposed, framed where it relieves. */
  #badges(ctx, marks, right, py) {
    const { ground, mark, onMark } = this.colours;
    const rest = (marks || []).length - BADGES;
    const shown = rest > 0 ? [...marks.slice(0, BADGES), { letters: `+${rest}`, relieves: true }] : marks || [];
    // At the left border they stand below the company, not beside it.
    const below = right > MARGIN && right - shown.length * 19 < MARGIN;
    shown.forEach(({ letters, relieves }, at) => badge(ctx, below ? right + at * 19 : right - (at + 1) * 19, below ? py + 13 : py, letters, relieves ? [ground, mark, mark] : [mark, mark, onMark]));
  }

  /** Write names, the most joined first, where there is room; what is lit comes before the rest. */
  #labels(ctx, { x, y, k }, room) {
    const { lit, at } = this.scene;
    const size = lettering(k);
    const grow = growth(k);
    ctx.font = `${size}px ${FONT}`;
    const taken = new Map();
    for (const node of this.nodes) takeRoom(taken, { x: node.x * k + x - 4, w: 8, y: node.y * k + y - 3, h: 6, of: node.id });
    const order = lit ? [...this.nodes].sort((a, b) => lit.nodes.has(b.id) - lit.nodes.has(a.id)) : this.nodes;
    this.labelled = 0;
    for (const node of order) {
      const px = node.x * k + x + node.r * grow + 4;
      const py = node.y * k + y;
      const bright = !lit || lit.nodes.has(node.id);
      if (px < -160 || px > room.width || py < 0 || py > room.height || (!bright && k < 0.8)) continue;
      const lane = Math.max(44, LANE_WIDTH * k - node.r * grow - 12);
      // What is lit has its whole name where nothing else is written.
      const rooms = node.id === at ? [400] : lit && bright ? [2.2 * lane, lane] : [lane];
      const found = rooms.map((width) => this.#boxed(ctx, node, width, { x: px, y: py - size / 2, h: size + 1 }, size)).find((each) => node.id === at || !crowded(taken, each.box, node.id));
      if (!found) continue;
      const { text, box } = found;
      takeRoom(taken, box);
      ctx.globalAlpha = bright ? 1 : 0.35;
      named(ctx, text, px, py, size, this.colours);
      this.labelled += 1;
    }
    ctx.globalAlpha = 1;
  }

  #boxed(ctx, node, width, place, size) {
    const text = this.#cut(ctx, node, width, size);
    return { text, box: { ...place, w: this.#measure(ctx, text, size) } };
  }

  #measure(ctx, text, size) {
    this.widths ||= new Map();
    const key = `${size.toFixed(1)} ${text}`;
    if (!this.widths.has(key)) {
      if (this.widths.size > 20000) this.widths.clear();
      this.widths.set(key, ctx.measureText(text).width);
    }
    return this.widths.get(key);
  }

  #cut(ctx, node, room, size) {
    const whole = this.#measure(ctx, node.label, size);
    if (whole <= room) return node.label;
    const letters = Math.max(3, Math.floor(node.label.length * room / whole) - 1);
    return `${node.label.slice(0, letters).trimEnd()}…`;
  }

  #headings(ctx) {
    const { x, k } = this.view;
    ctx.fillStyle = this.colours.ground;
    ctx.fillRect(0, 0, this.width, HEADING);
    ctx.font = `600 12px ${FONT}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    this.layout.columns.forEach((column, at) => {
      const left = Math.max(column.x * k + x, -column.width * k + 40);
      const room = column.width * k;
      if (at % 2 === 0) { ctx.fillStyle = this.colours.band; ctx.fillRect(column.x * k + x, 0, room, HEADING); }
      ctx.save();
      ctx.beginPath();
      ctx.rect(column.x * k + x, 0, room - 3, HEADING);
      ctx.clip();
      ctx.fillStyle = this.off.has(column.code) ? this.colours.soft : this.colours.text;
      const fits = (words) => this.#measure(ctx, words, 12.01) < room - 10;
      const name = [column.name, column.name.split(" ")[0]].find(fits) || `${column.name.slice(0, Math.max(2, Math.floor((room - 16) / 8)))}…`;
      ctx.fillText(name, Math.max(left + 6, Math.min(4, column.x * k + x + room - 60)), HEADING / 2);
      ctx.restore();
    });
    ctx.fillStyle = this.colours.line;
    ctx.fillRect(0, HEADING - 1, this.width, 1);
  }

  /** Return the company under a point of the canvas, or null. */
  under(px, py) {
    const { x, y, k } = this.view;
    const grow = growth(k);
    let best = null;
    for (const node of this.nodes) {
      const dx = px - (node.x * k + x);
      const dy = py - (node.y * k + y);
      const reach = node.r * grow + 5;
      const near = Math.hypot(dx, dy) <= reach;
      const name = dx > 0 && dx < Math.min(90, LANE_WIDTH * k * 0.8) && Math.abs(dy) < 7;
      if ((near || name) && (!best || Math.abs(dy) < best.far)) best = { id: node.id, far: Math.abs(dy) };
    }
    return best && best.id;
  }

  /** Return the next company from ``id`` in the direction of an arrow key. */
  next(id, dx, dy) {
    const here = this.byId.get(id);
    if (!here) return this.nodes.length ? this.nodes[0].id : "";
    let best = null;
    for (const node of this.nodes) {
      const ahead = (node.x - here.x) * dx + (node.y - here.y) * dy;
      const aside = Math.abs((node.x - here.x) * dy) + Math.abs((node.y - here.y) * dx);
      if (ahead <= 0 || (dy && aside > 1)) continue;
      const far = ahead + 3 * aside;
      if (!best || far < best.far) best = { id: node.id, far };
    }
    return best ? best.id : id;
  }
}
