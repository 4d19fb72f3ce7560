import type { Growth } from "./growth.ts";

const size = { width: 640, height: 340 };
/** The area between the axes. */
const area = { left: 62, right: 616, top: 66, bottom: 290 };

/** A page may be light or dark: each color has two values. The two lines can also be told apart without colors. */
const style = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 15px }
  .grid { stroke: #d0d7de; stroke-width: 1 }
  polyline { fill: none; stroke-width: 2 }
  polyline.s0 { stroke: #0969da } circle.s0 { fill: #0969da }
  polyline.s1 { stroke: #9a6700; stroke-dasharray: 6 4 } circle.s1 { fill: #9a6700 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .grid { stroke: #3d444d }
    polyline.s0 { stroke: #58a6ff } circle.s0 { fill: #58a6ff }
    polyline.s1 { stroke: #d29922 } circle.s1 { fill: #d29922 }
  }`;

/** A chart as an SVG file. Both axes begin at zero and are linear, so that a cost that grows linearly is a straight line. */
export function chart({ title, across, unit, at, series }: Growth): string {
  const highest = { x: Math.max(...at), y: Math.max(...series.flatMap(({ costs }) => costs)) };
  const ticks = { x: ticksUpTo(highest.x), y: ticksUpTo(highest.y) };
  const top = { x: ticks.x.at(-1) ?? 1, y: ticks.y.at(-1) ?? 1 };
  const x = (value: number) => round(area.left + ((area.right - area.left) * value) / top.x);
  const y = (value: number) => round(area.bottom - ((area.bottom - area.top) * value) / top.y);
  const grid = ticks.y.flatMap((value) => [
    `<line class="grid" x1="${area.left}" x2="${area.right}" y1="${y(value)}" y2="${y(value)}"/>`,
    `<text x="${area.left - 8}" y="${y(value) + 4}" text-anchor="end">${value.toLocaleString("en")}</text>`,
  ]);
  const below = ticks.x.map(
    (value) =>
      `<text x="${x(value)}" y="${area.bottom + 20}" text-anchor="middle">${value.toLocaleString("en")}</text>`,
  );
  const lines = series.flatMap(({ costs }, index) => [
    `<polyline class="s${index}" points="${costs.map((cost, place) => `${x(at[place] ?? 0)},${y(cost)}`).join(" ")}"/>`,
    ...costs.map((cost, place) => `<circle class="s${index}" cx="${x(at[place] ?? 0)}" cy="${y(cost)}" r="3.5"/>`),
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
    `<title>${escaped(`${title}, ${unit}, by ${across}`)}</title><style>${style}\n</style>`,
    `<text class="title" x="16" y="26">${escaped(`${title}, ${unit}`)}</text>`,
    ...legend(series.map((one) => one.title)),
    ...grid,
    ...below,
    `<text x="${(area.left + area.right) / 2}" y="${size.height - 10}" text-anchor="middle">${escaped(across)}</text>`,
    ...lines,
    "</svg>",
    "",
  ].join("\n");
}

/** One entry per line that is drawn, side by side below the title. */
function legend(titles: readonly string[]): readonly string[] {
  return titles.map((title, index) => {
    const left = 16 + index * 130;
    const line = `<polyline class="s${index}" points="${left},46 ${left + 26},46"/>`;
    return `${line}<text x="${left + 34}" y="50">${escaped(title)}</text>`;
  });
}

/** From zero to the first tick that is not below the highest value, four to ten of them, in steps of 1, 2 or 5. */
export function ticksUpTo(highest: number): readonly number[] {
  if (!(highest > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(highest / 4));
  const step = ([1, 2, 5].find((digit) => highest / (digit * power) <= 8) ?? 10) * power;
  return Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_one, index) =>
    Number((index * step).toPrecision(12)),
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
