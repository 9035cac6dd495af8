"use strict";
// The words of a claim where they stand in their document. What belongs here: one dialog; texts come from the page itself or its server.

const AROUND = 2500;
const WIDEST = 1000000;

class Reader {
  constructor(market, go) {
    Object.assign(this, { market, go, width: AROUND });
    this.dialog = el("dialog", { id: "reader", "aria-labelledby": "reader-title" });
    this.dialog.addEventListener("close", () => { if (this.claim) this.go({ claim: "" }); });
    this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
    document.body.append(this.dialog);
  }

  /** Open the claim that ``state`` names, or close where it names none. */
  async show(state) {
    this.state = state;
    const id = state.claim;
    if (id === this.claim) return;
    this.claim = id;
    this.width = AROUND;
    if (!id) { if (this.dialog.open) this.dialog.close(); return; }
    this.#frame(this.market.claims.get(id));
    if (!this.dialog.open) this.dialog.showModal();
    await this.#load(id);
  }

  #frame(claim) {
    const { document } = claim;
    this.text = el("div", { id: "text", tabindex: "0", role: "region", "aria-label": "Text of the document" }, el("p", { class: "none" }, "Reading the document …"));
    // What the quote leaves open, and from where in the document it comes.
    this.open = el("p", { class: "open" });
    const says = `${claim.subject_name} ${this.market.predicate.get(claim.predicate).out.toLowerCase()} ${claim.to ? claim.object_name : `${claim.metric.replaceAll("_", " ")} ${claim.object_name}`}`;
    this.dialog.replaceChildren(
      el("div", { class: "bar" }, el("h2", { id: "reader-title" }, bdi(document.title || document.publisher)),
        el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => this.dialog.close() }, "×")),
      el("p", { class: "from" }, bdi(document.publisher), ` · ${document.form || document.kind} · ${document.day}${document.known_by === "first seen" ? " (first seen)" : ""}`, claim.section ? ` · ${cut(claim.section, 60)} ` : " ", this.#source(document.url)),
      el("p", { class: "claim" }, claim.polarity === "negative" ? "It denies: " : "It says: ", bdi(says), ...this.#facts(claim)),
      this.open, ...this.#links(claim), this.text);
  }

  #facts(claim) {
    const time = claim.valid_from || claim.valid_to ? `about ${claim.valid_from ? dayText(claim.valid_from) : "…"} to ${claim.valid_to ? dayText(claim.valid_to) : "…"}` : "";
    const known = `known from ${dayText(claim.known_from)}${claim.known_to && claim.known_to <= (this.state.known || LATEST) ? ` to ${dayText(claim.known_to)}` : ""}`;
    return [claim.tier, `trust ${Math.round(100 * claim.trust)} %`, detailOf(claim), FORCE[claim.modality], SEVERITY[claim.severity], time, known].filter(Boolean).map((text) => el("span", { class: "tag" }, text));
  }

  #links(claim) {
    const words = { CONFIRMS: ["confirmed by", "confirmed by"], CONTRADICTS: ["contradicted by", "contradicted by"], SUPERSEDES: ["supersedes", "superseded by"] };
    return this.market.linksOf(claim, this.state).map((link) => {
      const other = this.market.claims.get(link.other);
      return el("p", { class: "linked" }, `${words[link.type][link.active ? 0 : 1]}: `, el("button", { type: "button", class: "link", onclick: () => this.go({ claim: other.id }) }, bdi(cut(other.quote, 120))), ` (${cut(other.document.publisher, 40)}, ${other.document.day}; ${link.meaning})`);
    });
  }

  /** A link to the source, where its address is one of the web: others, such as javascript:, are shown as text. */
  #source(url) {
    if (!/^https?:\/\//i.test(url)) return url ? el("span", {}, bdi(cut(url, 90))) : "";
    return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer" }, "Open the source ↗");
  }

  async #load(id) {
    let words;
    try { words = this.market.texts ? this.#held(id) : await this.#asked(id); } catch (error) {
      if (this.claim === id) this.text.replaceChildren(el("p", { class: "broken" }, `The text cannot be read: ${error.message}`), el("mark", {}, this.market.claims.get(id).quote));
      return;
    }
    if (this.claim !== id) return;
    const mark = el("mark", {}, words.quote);
    const more = words.start > 0 || words.end < words.characters;
    const button = more && !this.market.texts ? el("button", { type: "button", class: "more", onclick: () => { this.width = Math.min(WIDEST, this.width * 8); this.#load(id); } }, "Show more of the document") : "";
    const held = more && this.market.texts ? el("p", { class: "none" }, "This file holds the words around the quote; the source has the whole document.") : "";
    this.text.replaceChildren(el("div", { class: "words", dir: "auto" }, words.start > 0 ? "… " : "", words.before, mark, words.after, words.end < words.characters ? " …" : ""), button, held);
    this.open.replaceChildren(...words.frame.map((part) => el("span", { class: "tag" }, `${part.slot} from the ${part.source.replace("_", "-")}: `, bdi(cut(part.text, 80)))));
    // After the dialog has its size.
    requestAnimationFrame(() => { this.text.scrollTop = mark.offsetTop - this.text.clientHeight / 3; });
  }

  async #asked(id) {
    const answer = await fetch(`around.json?${new URLSearchParams({ claim: id, width: this.width })}`);
    if (!answer.ok) throw new Error((await answer.text()).trim());
    return answer.json();
  }

  /** Cut the words out of what the page holds; places are counted in characters, not in the halves that JavaScript counts. */
  #held(id) {
    const claim = this.market.claims.get(id);
    for (const [start, text] of this.market.texts[claim.document.id] || []) {
      const letters = Array.from(text);
      if (start > claim.start || claim.end > start + letters.length) continue;
      const [from, to] = [claim.start - start, claim.end - start];
      return { before: letters.slice(0, from).join(""), quote: letters.slice(from, to).join(""), after: letters.slice(to).join(""), start, end: start + letters.length, characters: claim.document.characters, frame: this.market.frames.get(id) || [] };
    }
    throw new Error("this file does not hold it");
  }
}
