import {
  type Bar,
  formatSummary,
  type Machine,
  passes,
  type Report,
  type Table,
} from "./report.js";

const START = "<!-- bench:start: written by `npm run bench`, not by hand -->";
const END = "<!-- bench:end -->";

/** The page with the part between its markers replaced. Throws when it has none. */
export function replaceResults(page: string, results: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start === -1 || end < start) {
    throw new Error(`the page has no ${START} … ${END}`);
  }
  return `${page.slice(0, start + START.length)}\n\n${results.trim()}\n\n${page.slice(end)}`;
}

/** The whole report: the machine, all bars in one table, then each benchmark. */
export function renderReport(report: Report): string {
  const bars = report.sections.flatMap((section) => section.bars);
  const parts = [renderMachine(report)];
  if (bars.length > 0) parts.push("## The bars", renderTable(barTable(bars)));
  for (const { title, notes, tables } of report.sections) {
    parts.push(`## ${title}`, ...notes, ...tables.map(renderTable));
  }
  return parts.join("\n\n");
}

export function barTable(bars: readonly Bar[]): Table {
  return {
    columns: ["what", "measured: median (lowest to highest)", "bar", "result"],
    rows: bars.map((bar) => [
      bar.what,
      formatSummary(bar.value, ` ${bar.unit}`),
      `${bar.relation} ${bar.bar} ${bar.unit}`,
      passes(bar) ? "pass" : "**miss**",
    ]),
  };
}

function renderMachine({ machine, date, quick, seconds }: Report): string {
  const rows: readonly (readonly [string, string])[] = [
    ["CPU", `${machine.cpu}, ${machine.cores} cores`],
    ["memory", `${machine.memory.toFixed(1)} GiB`],
    ["system", machine.os],
    ["Node", machine.node],
    ["nats-server", machine.natsServer],
    ["load before the run", describeLoad(machine)],
    ["run", `${date.slice(0, 10)}, ${Math.round(seconds)} s${quick ? ", quick" : ""}`],
  ];
  return renderTable({ columns: ["", ""], rows });
}

function describeLoad({ load, cores }: Machine): string {
  return `${load.toFixed(2)} of ${cores}`;
}

export function renderTable({ columns, rows }: Table): string {
  const escapeCell = (cell: string): string => cell.replaceAll("|", "\\|");
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(" | ")} |`;
  // Numbers, with their bars, to the right; text to the left.
  const isNumber = (column: number): boolean =>
    rows.every((row) => /^[\d<>]/.test(row[column] ?? ""));
  const rule = columns.map((_, i) => (rows.length > 0 && isNumber(i) ? "---:" : "---"));
  return [line(columns), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}
