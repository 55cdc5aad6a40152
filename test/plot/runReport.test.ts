import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import type { Finding } from "../../src/doctor/finding.js";
import { say } from "../../src/doctor/say.js";
import { configurationRows } from "../../src/plot/configurationSection.js";
import type { ProbabilityField } from "../../src/plot/probabilityField.js";
import { type RunReportInput, runReport } from "../../src/plot/runReport.js";
import type { Run } from "../../src/training/run.js";
import { all, type Element, named, parseMarkup, textOf } from "./markupTree.js";

const run: Run = {
  history: Array.from({ length: 50 }, (_, i) => ({
    iteration: 10 * i,
    epoch: i + 1,
    cost: 0.7 / (i + 1) + 0.05,
    dataCost: 0.7 / (i + 1),
    penalty: 0.05,
    cleanCost: 0.6 / (i + 1) + 0.05,
    validation: { cost: 0.8 / (i + 1), prAuc: 1 - 1 / (i + 2) },
  })),
  stopped: "earlyStopping",
  engine: "wasm",
  iterations: 500,
  epochs: 50,
  seconds: 1.25,
  best: { iteration: 290, epoch: 30, metric: "prAuc", value: 0.96875 },
  spec: { batchSize: 32, learningRate: 0.001, l2: 0.7, keep: 0.9 },
};
const field: ProbabilityField = {
  grid: Matrix.from([
    [0.1, 0.9],
    [0.2, 0.8],
  ]),
  x0: 0,
  x1: 1,
  y0: 0,
  y1: 1,
};
const train = {
  X: Matrix.from([
    [0.1, 0.9],
    [0.5, 0.5],
  ]),
  Y: Matrix.row([0, 1]),
  featureNames: ["amount", "hour"],
};
const input: RunReportInput = {
  title: "payments.csv",
  task: "binary",
  run,
  metrics: {
    train: { cost: 0.02, accuracy: 0.99, precision: 0.9, recall: 0.8, f1: 0.847, rocAuc: 0.97, prAuc: 0.912 },
    validation: { cost: 0.03, prAuc: 0.87 },
    test: { cost: 0.04, prAuc: 0.861 },
  },
  evaluated: {
    split: "test",
    P: Matrix.row([0.9, 0.6, 0.3, 0.1]),
    Y: Matrix.row([1, 0, 1, 0]),
    classNames: ["legitimate", "fraud"],
  },
  boundary: { field, train },
  weights: [
    {
      name: "W1",
      values: Matrix.from([
        [3, 0],
        [0, 4],
      ]),
    },
    { name: "W2", values: Matrix.row([1, 0]) },
  ],
  configuration: {
    target: "fraud",
    network: {
      layers: [
        { type: "dense", units: 32 },
        { type: "dense", units: 1 },
      ],
    },
    keep: [0.9, 0.8],
  },
  command: "gradproof train payments.csv --target fraud --l2 0.7",
  version: "0.1.0",
};

const bodyOf = (page: string): Element => named(parseMarkup(page), "body")[0];
const titlesOf = (page: string): string[] =>
  named(bodyOf(page), "svg")
    .flatMap((svg) => svg.children)
    .flatMap((child) => (typeof child !== "string" && child.name === "title" ? [textOf(child)] : []));
const headingsOf = (page: string): string[] => named(bodyOf(page), "h2").map(textOf);
const cellsOf = (page: string, caption: string): string[][] => {
  const table = named(bodyOf(page), "table").find((candidate) =>
    textOf(named(candidate, "caption")[0]).startsWith(caption),
  );
  if (!table) throw new Error(`no table ${caption}`);
  return named(table, "tr").map((row) => all(row, ({ name }) => name === "td" || name === "th").map(textOf));
};

describe("the page of an ensemble", () => {
  const { best: _, ...unstopped } = run;
  const shorter: Run = { ...unstopped, epochs: 20, history: run.history.slice(0, 20), stopped: "finished" };
  const finding: Finding = {
    symptom: "symmetry",
    layer: 1,
    measured: 3,
    threshold: 2,
    why: say("doctor.why.symmetry", { units: 3, layer: 1 }),
    advice: say("doctor.advice.breakSymmetry", { initializer: "xavier" }),
  };
  const members = [
    { run, findings: [] },
    { run: shorter, findings: [finding] },
    { run, findings: [finding] },
  ];
  const page = runReport({ ...input, members });

  it("says what it is, how long it trained and how its members ended", () => {
    const text = textOf(bodyOf(page));
    expect(text).toContain(
      "An ensemble of 3 networks, trained side by side for 20 to 50 epochs in 1.25 s: 1 ran to the end, 2 stopped early.",
    );
    expect(headingsOf(page)).toEqual([
      ...["Doctor", "Predictions on the test set", "Decision boundary", "Cost"],
      ...["Run it again", "Configuration"],
    ]);
    expect(cellsOf(page, "Members").slice(1)).toEqual([
      ["1", "50", "stopped early", "30", "0.9688", "0.0140", "0.0160", ""],
      ["2", "20", "ran to the end", "", "", "0.0350", "0.0400", ""],
      ["3", "50", "stopped early", "30", "0.9688", "0.0140", "0.0160", ""],
    ]);
    expect(cellsOf(page, "Symptoms")[1].slice(0, 3)).toEqual(["symmetry", "2, 3", "1"]);
  });

  it("draws the members thin behind their mean, and tables the means of those that train", () => {
    expect(page.split("stroke-width:1;opacity:0.4").length - 1).toBe(2 * 3 * (4 + 1));
    const rows = cellsOf(page, "Means of the members").slice(1);
    expect(rows).toHaveLength(50);
    expect(rows[0][1]).toBe("0.7");
    expect(rows[49][1]).toBe("0.014");
  });
});

describe("the page", () => {
  const page = runReport(input);

  it("is well-formed, in every part that can be there", () => {
    expect(headingsOf(page)).toEqual([
      "Predictions on the test set",
      "Decision boundary",
      "Cost",
      "Weights",
      "Run it again",
      "Configuration",
    ]);
    expect(new Set(titlesOf(page))).toEqual(
      new Set([
        "Calibration",
        "Cumulative gains",
        "Cost by epoch",
        "Validation PR-AUC",
        "Probability of class 1",
        "Confusion matrix",
        "ROC curve",
        "Precision-recall curve",
        "W1, 2 × 2",
        "W2, 1 × 2",
        "Norm of the weights",
      ]),
    );
  });

  it("asks nothing of the network and forbids itself to: no address, no script, a policy against both", () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|<script|<iframe|<img|@import|url\(|\son\w+=|javascript:/i);
    const policy = named(parseMarkup(page), "meta").find(
      ({ attributes }) => attributes.get("http-equiv") === "Content-Security-Policy",
    );
    expect(policy?.attributes.get("content")).toMatch(/^default-src 'none'; style-src 'unsafe-inline';/);
    const links = named(parseMarkup(page), "link").map(({ attributes }) => attributes.get("href"));
    expect(links).toEqual(["data:,"]);
  });

  it("follows the reader's scheme and fits a phone", () => {
    const metas = new Map(
      named(parseMarkup(page), "meta").map(({ attributes }) => [attributes.get("name"), attributes.get("content")]),
    );
    expect(metas.get("color-scheme")).toBe("light dark");
    expect(metas.get("viewport")).toBe("width=device-width, initial-scale=1");
    expect(page).toContain("prefers-color-scheme:dark");
    // The style comes once, not with each chart.
    expect(page.match(/<style>/g)).toHaveLength(1);
  });

  it("has the data behind every chart", () => {
    for (const figure of named(bodyOf(page), "figure")) expect(named(figure, "table")).toHaveLength(1);
  });

  it("names every chart and every table for a screen reader", () => {
    for (const svg of named(bodyOf(page), "svg").filter(({ attributes }) => attributes.has("class"))) {
      expect(svg.attributes.get("role")).toBe("img");
    }
    for (const region of named(bodyOf(page), "div", "scroll")) expect(region.attributes.get("aria-label")).toBeTruthy();
  });
});

describe("what it says", () => {
  const page = runReport(input);

  it("how the run went", () => {
    expect(textOf(named(bodyOf(page), "p", "quiet")[0])).toBe(
      "Two classes. 50 epochs (500 steps) in 1.25 s; the run was stopped early, since the validation set saw no more improvement." +
        " The weights are those of epoch 30, with the best validation PR-AUC, 0.9688. gradproof 0.1.0.",
    );
  });

  it("the watched metric in the headlines, the others below", () => {
    const tiles = named(bodyOf(page), "section", "tile");
    expect(tiles.map((tile) => textOf(named(tile, "h3")[0]))).toEqual(["Training", "Validation", "Test"]);
    expect(tiles.map((tile) => textOf(named(tile, "p", "headline")[0]))).toEqual([
      "0.9120 PR-AUC",
      "0.8700 PR-AUC",
      "0.8610 PR-AUC",
    ]);
    expect(textOf(named(tiles[0], "dl")[0])).toBe(
      "cost0.0200accuracy0.9900precision0.9000recall0.8000F10.8470ROC-AUC0.9700",
    );
  });

  it("data cost and penalty apart, training and validation, with the best epoch marked", () => {
    const chart = named(bodyOf(page), "svg").find((svg) => textOf(svg).startsWith("\nCost by epoch"));
    expect(named(chart ?? bodyOf(page), "text", "name").map(textOf)).toEqual([
      "train",
      "train, all kept",
      "validation",
      "penalty",
    ]);
    expect(textOf(chart ?? bodyOf(page))).toContain("best: epoch 30");
    // The first entry: data cost 0.7, all units kept 0.65 − 0.05 penalty.
    expect(textOf(chart ?? bodyOf(page))).toContain(
      "train goes from 0.7 at epoch 1 to 0.014 at 50; train, all kept goes from 0.6 at",
    );
  });

  it("the history in numbers", () => {
    const [heading, first] = cellsOf(page, "History");
    expect(heading).toEqual([
      "iteration",
      "epoch",
      "cost",
      "data cost",
      "penalty",
      "cost, all units kept",
      "validation cost",
      "validation PR-AUC",
    ]);
    expect(first).toEqual(["0", "1", "0.75", "0.7", "0.05", "0.65", "0.8", "0.5"]);
  });

  it("the confusion matrix in words and numbers", () => {
    expect(cellsOf(page, "Confusion matrix")).toEqual([
      ["truth", "predicted legitimate", "predicted fraud"],
      ["legitimate", "1", "1"],
      ["fraud", "1", "1"],
    ]);
    expect(textOf(bodyOf(page))).toContain(
      "Predicted “fraud” where its probability is above 0.5: of 2 such examples 1 are caught and 1 missed, and 1 of “legitimate”",
    );
  });

  it("the norm of the weights: √(9 + 16) = 5", () => {
    expect(cellsOf(page, "Norms")).toEqual([
      ["weights", "norm"],
      ["‖W1‖", "5"],
      ["‖W2‖", "1"],
    ]);
  });

  it("the configuration and the command", () => {
    expect(cellsOf(page, "Options as used").slice(1)).toEqual([
      ["target", "fraud"],
      ["network.layers 1", "type dense, units 32"],
      ["network.layers 2", "type dense, units 1"],
      ["keep", "0.9, 0.8"],
    ]);
    const [command, json] = named(bodyOf(page), "pre").map(textOf);
    expect(command).toBe(input.command);
    expect(JSON.parse(json)).toEqual(input.configuration);
  });
});

describe("other runs", () => {
  it("the least there can be", () => {
    const page = runReport({
      title: "t",
      task: "binary",
      run: { history: [], stopped: "aborted", engine: "wasm", iterations: 1, epochs: 1, seconds: 0.1, spec: {} },
      metrics: {},
      configuration: {},
      command: "gradproof",
    });
    expect(headingsOf(page)).toEqual(["Cost", "Run it again", "Configuration"]);
    expect(textOf(bodyOf(page))).toContain("1 epoch (1 step) in 0.1 s; the run was ended by its user.");
  });

  it("full batch: counted in iterations", () => {
    const page = runReport({ ...input, run: { ...run, spec: {} } });
    expect(titlesOf(page)).toContain("Cost by iteration");
    expect(textOf(bodyOf(page))).toContain("best: iteration 290");
  });

  it("a cost that spans orders of magnitude gets a logarithmic axis", () => {
    const history = [1000, 1, 0.1].map((cost, i) => ({ iteration: i, epoch: i + 1, cost, dataCost: cost, penalty: 0 }));
    expect(textOf(bodyOf(runReport({ ...input, run: { ...run, history } })))).toContain("cost, logarithmic");
    expect(textOf(bodyOf(runReport(input)))).not.toContain("cost, logarithmic");
  });

  it("a diverged run says so and has a gap where its cost is not finite", () => {
    const history = run.history.map((entry, i) =>
      i > 30 ? { ...entry, cost: Number.NaN, dataCost: Number.NaN } : entry,
    );
    const page = runReport({ ...input, run: { ...run, history, stopped: "nonFinite" } });
    expect(textOf(named(bodyOf(page), "p", "alert")[0])).toContain("The cost was no longer a finite number");
    expect(textOf(bodyOf(page))).toContain("with 19 values not finite");
  });

  it("labels of one class: no curve that is not defined", () => {
    const evaluated = { split: "validation", P: Matrix.row([0.9, 0.2]), Y: Matrix.row([0, 0]) } as const;
    const titles = titlesOf(runReport({ ...input, evaluated }));
    expect(titles).toContain("Confusion matrix");
    expect(titles).not.toContain("ROC curve");
    expect(titles).not.toContain("Precision-recall curve");
    expect(titlesOf(runReport({ ...input, evaluated: { ...evaluated, Y: Matrix.row([1, 1]) } }))).toContain(
      "Precision-recall curve",
    );
  });

  it("several classes: the confusion matrix alone", () => {
    const Y = Matrix.from([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    const page = runReport({
      ...input,
      task: "multiclass",
      evaluated: { split: "test", P: Y, Y, classNames: ["a", "b", "c"] },
    });
    expect(cellsOf(page, "Confusion matrix")[2]).toEqual(["b", "0", "1", "0"]);
    expect(titlesOf(page)).not.toContain("ROC curve");
  });

  it("a regression: predictions against targets, R² in the headline", () => {
    const page = runReport({
      ...input,
      task: "regression",
      run: { ...run, best: { iteration: 0, epoch: 1, metric: "cost", value: 1 } },
      metrics: { test: { mse: 0.25, r2: 0.8 } },
      evaluated: { split: "test", P: Matrix.row([1.5, 2]), Y: Matrix.row([1, 2]) },
    });
    expect(textOf(named(bodyOf(page), "p", "headline")[0])).toBe("0.8000 R²");
    expect(cellsOf(page, "Predictions")).toEqual([
      ["actual", "predicted"],
      ["1", "1.5"],
      ["2", "2"],
    ]);
  });
});

describe("hostile names", () => {
  const hostile = `</script></style></title><img src=x onerror="alert('1')"><svg onload=alert(1)>\u0000`;
  const page = runReport({
    ...input,
    title: hostile,
    command: hostile,
    version: hostile,
    evaluated: { split: "test", P: Matrix.row([0.9, 0.1]), Y: Matrix.row([1, 0]), classNames: [hostile, hostile] },
    boundary: { field, train: { ...train, featureNames: [hostile, hostile], classNames: [hostile, hostile] } },
    weights: [{ name: hostile, values: Matrix.row([1, 2]) }],
    configuration: JSON.parse(JSON.stringify({ [hostile]: { [hostile]: hostile, list: [{ [hostile]: hostile }] } })),
  });

  it("stay text wherever they go", () => {
    const tree = parseMarkup(page);
    expect(named(tree, "img")).toEqual([]);
    expect(named(tree, "script")).toEqual([]);
    const handlers = all(tree, ({ attributes }) => [...attributes.keys()].some((name) => name.startsWith("on")));
    expect(handlers).toEqual([]);
    expect(page).not.toContain("\u0000");
    expect(textOf(named(tree, "h1")[0])).toBe(hostile.replace("\u0000", "\uFFFD"));
  });

  it("draws the learning rate where it has a schedule, and nothing of it where it has none", () => {
    expect(runReport(input)).not.toContain("Learning rate");
    const history = run.history.map((entry, k) => ({ ...entry, learningRate: 0.1 / (k + 1) }));
    const page = runReport({ ...input, run: { ...run, history } });
    expect(page).toContain("<title>Learning rate</title>");
  });

  it("__proto__ and constructor are names like any other", () => {
    const configuration = JSON.parse('{"__proto__": {"toString": 1}, "constructor": "x"}');
    expect(configurationRows(configuration)).toEqual([
      ["__proto__.toString", "1"],
      ["constructor", "x"],
    ]);
  });
});
