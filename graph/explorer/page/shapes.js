"use strict";
// Shapes of the picture and the room that names take. What belongs here: drawing without knowing what it means.

const LANE_WIDTH = 150;

/** How much larger than at scale 1 companies and letters are drawn at scale ``k``. */
function growth(k) { return Math.max(0.55, Math.min(1.4, k)); }
function lettering(k) { return Math.max(10, Math.min(14, 11.5 * k + 3)); }

/** Add the flow from ``a`` to ``b`` to ``path``; return the point from which it reaches ``b``. */
function curve(path, a, b) {
  path.moveTo(a.x, a.y);
  const same = Math.abs(b.x - a.x) < 60;
  const bend = same ? 46 : (b.x - a.x) * 0.45;
  const from = same ? a.x - bend : a.x + bend;
  const to = same ? b.x - bend : b.x - bend;
  path.bezierCurveTo(from, a.y, to, b.y, b.x, b.y);
  return { x: to, y: b.y };
}

function arrow(ctx, from, to, size) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const tip = { x: to.x - Math.cos(angle) * to.r, y: to.y - Math.sin(angle) * to.r };
  ctx.beginPath();
  ctx.moveTo(tip.x, tip.y);
  for (const side of [-0.4, 0.4]) ctx.lineTo(tip.x - size * Math.cos(angle + side), tip.y - size * Math.sin(angle + side));
  ctx.closePath();
  ctx.fill();
}

function ring(ctx, x, y, r, colour, width) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 7);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

function disc(ctx, x, y, r, colour) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 7);
  ctx.fillStyle = colour;
  ctx.fill();
}

function word(ctx, text, x, y, colour, size) {
  ctx.font = `700 ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y + 0.5);
}

/** Write a name on a rim of the ground, so that lines behind it do not cut it. */
function named(ctx, text, x, y, size, colours) {
  ctx.font = `${size}px ${FONT}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineWidth = 3;
  ctx.strokeStyle = colours.ground;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colours.text;
  ctx.fillText(text, x, y);
}

/** Draw two letters in a frame; the colours are those of ground, frame and letters. */
function badge(ctx, left, y, letters, [ground, frame, ink]) {
  ctx.beginPath();
  ctx.roundRect(left, y - 6.5, 17, 13, 3);
  ctx.fillStyle = ground;
  ctx.strokeStyle = frame;
  ctx.lineWidth = 1.5;
  ctx.fill();
  ctx.stroke();
  word(ctx, letters, left + 8.5, y, ink, 10);
}

/** Whether ``box`` would stand on a name that is written; names are kept by stripes of height. */
function crowded(taken, box, own) {
  for (const stripe of stripes(box)) {
    for (const other of taken.get(stripe) || []) {
      if (other.of !== own && box.x < other.x + other.w + 4 && other.x < box.x + box.w + 4 && box.y < other.y + other.h && other.y < box.y + box.h) return true;
    }
  }
  return false;
}

function takeRoom(taken, box) {
  for (const stripe of stripes(box)) {
    if (!taken.has(stripe)) taken.set(stripe, []);
    taken.get(stripe).push(box);
  }
}

function stripes(box) {
  const first = Math.floor(box.y / 24);
  const last = Math.floor((box.y + box.h) / 24);
  return first === last ? [first] : [first, last];
}
