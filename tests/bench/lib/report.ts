import type { Summary } from "./stats.js";

/** What a benchmark asks of natsgen, and what it found. */
export interface Bar {
  readonly what: string;
  readonly value: Summary;
  readonly unit: "x" | "ms" | "s";
  readonly relation: ">=" | "<=" | "<";
  readonly bar: number;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one benchmark reports. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What was measured, and how; a paragraph each. */
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
  readonly bars: readonly Bar[];
  /** What the tables are made of: every round. */
  readonly raw: object;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** In GiB. */
  readonly memory: number;
  readonly os: string;
  readonly node: string;
  readonly natsServer: string;
  /** Processes that wanted the CPU in the minute before the run. */
  readonly load: number;
}

export interface Report {
  /** ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  readonly quick: boolean;
  readonly seconds: number;
  readonly sections: readonly Section[];
}

export function passes({ value, relation, bar }: Bar): boolean {
  if (relation === ">=") return value.median >= bar;
  return relation === "<=" ? value.median <= bar : value.median < bar;
}

/** At most four digits, and thousands with a comma: `12,345`, `1.23`, `0.0456`. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString("en-US", {
    minimumFractionDigits: Math.min(digits, 4),
    maximumFractionDigits: Math.min(digits, 4),
  });
}

/** `1.23 (1.10 to 1.31)` */
export function formatSummary({ median, min, max }: Summary, unit = ""): string {
  return `${formatNumber(median)}${unit} (${formatNumber(min)} to ${formatNumber(max)})`;
}
