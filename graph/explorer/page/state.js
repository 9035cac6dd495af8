"use strict";
// What is shown, and the same as the page's address, so that it can be shared. What belongs here: reading and writing the address.

const LISTS = { hide: "hide", columns: "columns-off", marks: "bottlenecks" };
const DAYS = { asof: "as-of", known: "known-on" };
const TEXTS = { at: "at", claim: "quote", to: "path-to", shock: "cut-off", tier: "tier", view: "view", zoom: "zoom", theme: "theme" };
const CHOICES = { tier: ["fact", "all"], view: ["picture", "list"], theme: ["", "light", "dark"] };

function emptyState() {
  return { at: "", claim: "", to: "", shock: "", tier: "fact", view: "picture", zoom: "", theme: "", hide: [], columns: [], marks: [], asof: 0, known: 0 };
}

/** Return the address for ``state``: only what differs from the beginning. */
function addressOf(state) {
  const start = emptyState();
  const parts = new URLSearchParams();
  for (const [name, word] of Object.entries(TEXTS)) if (state[name] !== start[name]) parts.set(word, state[name]);
  for (const [name, word] of Object.entries(LISTS)) if (state[name].length) parts.set(word, [...state[name]].sort().join(","));
  for (const [name, word] of Object.entries(DAYS)) if (state[name]) parts.set(word, dayText(state[name]));
  return `#${parts}`;
}

/** Return the state that an address means, and the words in it that mean nothing here. */
function stateOf(hash, market) {
  const state = emptyState();
  const wrong = [];
  const words = Object.fromEntries([...Object.entries(TEXTS), ...Object.entries(LISTS), ...Object.entries(DAYS)].map(([name, word]) => [word, name]));
  for (const [word, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const name = words[word];
    if (!name || !take(state, name, value, market)) wrong.push(`${word}=${value}`);
  }
  return { state, wrong };
}

function take(state, name, value, market) {
  if (name in DAYS) {
    const day = dayNumber(value);
    if (day) state[name] = day;
    return Boolean(day);
  }
  if (name in LISTS) {
    const known = { hide: market.predicates.map((p) => p.code), columns: market.layouts.all.columns.map((c) => c.code), marks: market.bottlenecks.map((b) => b.id) }[name];
    const given = value.split(",");
    state[name] = given.filter((each) => known.includes(each));
    return state[name].length === given.length;
  }
  if (name in CHOICES) {
    if (CHOICES[name].includes(value)) state[name] = value;
    return CHOICES[name].includes(value);
  }
  const fits = name === "zoom" ? /^\d+(\.\d+)?,-?\d+(\.\d+)?,-?\d+(\.\d+)?$/.test(value) : name === "claim" ? market.claims.has(value) : Boolean(market.entity(value));
  if (fits) state[name] = value;
  return fits;
}

function dayText(day) {
  const text = String(day).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** Return a day as the number yyyymmdd, 0 where the text is no day. */
function dayNumber(text) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!parts) return 0;
  const made = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3]));
  return made.getUTCDate() === +parts[3] ? +parts.slice(1).join("") : 0;
}

/** Return the days since 1970 of a day yyyymmdd, and back: for sliders. */
function dayCount(day) { return Math.round(Date.UTC(Math.floor(day / 10000), Math.floor(day / 100) % 100 - 1, day % 100) / 864e5); }
function dayOfCount(count) { return dayNumber(new Date(count * 864e5).toISOString().slice(0, 10)); }
