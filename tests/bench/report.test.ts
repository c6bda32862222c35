import { describe, expect, it } from "@jest/globals";
import { renderReport, renderTable, replaceResults } from "./lib/markdown.js";
import { type Bar, formatNumber, passes, type Report } from "./lib/report.js";

const bar = (median: number, relation: Bar["relation"], limit: number): Bar => ({
  what: "speed",
  value: { median, min: median / 2, max: median * 2 },
  unit: "x",
  relation,
  bar: limit,
});

const report: Report = {
  date: "2030-05-06T07:08:09.000Z",
  machine: {
    cpu: "A CPU",
    cores: 2,
    memory: 7.75,
    os: "Linux 6.1 x64",
    node: "v20.19.0",
    natsServer: "2.9.10",
    load: 0.25,
  },
  quick: false,
  seconds: 61.4,
  sections: [
    {
      id: "unary",
      title: "Unary",
      notes: ["How."],
      tables: [{ columns: ["", "calls/s"], rows: [["natsgen", "100,000"]] }],
      bars: [bar(3.6, ">=", 3.5), bar(3.4, ">=", 3.5)],
      raw: {},
    },
  ],
};

describe("bars", () => {
  it.each([
    [bar(3.5, ">=", 3.5), true],
    [bar(3.49, ">=", 3.5), false],
    [bar(1.1, "<=", 1.1), true],
    [bar(1.11, "<=", 1.1), false],
    [bar(4.99, "<", 5), true],
    [bar(5, "<", 5), false],
  ])("compares the median: %#", (found, expected) => {
    expect(passes(found)).toBe(expected);
  });

  it("are missed by what is not a number", () => {
    expect(passes(bar(Number.NaN, ">=", 1))).toBe(false);
    expect(passes(bar(Number.NaN, "<", 1))).toBe(false);
  });
});

describe("formatNumber", () => {
  it.each([
    [0, "0"],
    [0.04564, "0.0456"],
    [1.234, "1.23"],
    [12.34, "12.3"],
    [123.4, "123"],
    [98_765.4, "98,765"],
  ])("shows three digits or all before the point: %d", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe("renderTable", () => {
  it("escapes what would end a cell", () => {
    expect(renderTable({ columns: ["a", "b"], rows: [["x|y", "1"]] })).toBe(
      ["| a | b |", "| --- | ---: |", "| x\\|y | 1 |"].join("\n"),
    );
  });
});

describe("renderReport", () => {
  const text = renderReport(report);

  it("names the machine and the date", () => {
    expect(text).toContain("| CPU | A CPU, 2 cores |");
    expect(text).toContain("| nats-server | 2.9.10 |");
    expect(text).toContain("| run | 2030-05-06, 61 s |");
  });

  it("says of each bar whether it is met", () => {
    expect(text).toContain("| speed | 3.60 x (1.80 to 7.20) | >= 3.5 x | pass |");
    expect(text).toContain("| speed | 3.40 x (1.70 to 6.80) | >= 3.5 x | **miss** |");
  });

  it("has each benchmark's notes and tables", () => {
    expect(text).toContain("## Unary\n\nHow.\n\n|  | calls/s |");
  });
});

describe("replaceResults", () => {
  const start = "<!-- bench:start: written by `npm run bench`, not by hand -->";
  const end = "<!-- bench:end -->";

  it("replaces what is between the markers and keeps the rest", () => {
    const page = `# Before\n\n${start}\nold\n${end}\n\nAfter.\n`;
    expect(replaceResults(page, "new\n")).toBe(`# Before\n\n${start}\n\nnew\n\n${end}\n\nAfter.\n`);
  });

  it("gives the same page when it runs twice", () => {
    const once = replaceResults(`${start}${end}`, "new");
    expect(replaceResults(once, "new")).toBe(once);
  });

  it("refuses a page without markers", () => {
    expect(() => replaceResults(`${end}${start}`, "new")).toThrow(/the page has no/);
  });
});
