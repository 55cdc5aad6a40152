import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { decisionBoundary } from "../../src/plot/decisionBoundary.js";
import { type ProbabilityField, probabilityField } from "../../src/plot/probabilityField.js";
import { type Element, named, numberOf, parseMarkup, textOf } from "./markupTree.js";

/** Probability (x + 1) / 4 on −1 ≤ x ≤ 3, whatever y: 0.5 at x = 1, in the middle. */
const ramp: ProbabilityField = {
  grid: Matrix.from(Array.from({ length: 5 }, () => [0, 0.25, 0.5, 0.75, 1])),
  x0: -1,
  x1: 3,
  y0: 0,
  y1: 10,
};

const boundaryOf = (chart: Element): number[][] =>
  (named(chart, "path", "boundary")[0].attributes.get("d") ?? "")
    .split(/[MLZ]/)
    .filter(Boolean)
    .map((pair) => pair.split(" ").map(Number));

describe("the field", () => {
  it("has its line where the probability is 0.5", () => {
    const chart = parseMarkup(decisionBoundary(ramp));
    const [, field] = named(chart, "svg");
    // The picture's units are grid steps from 0.5 to 4.5; x = 1 is the third of five samples, at 2.5.
    expect(field.attributes.get("viewBox")).toBe("0.5 0.5 4 4");
    const inside = boundaryOf(field).filter(([x, y]) => x > 0.5 && x < 4.5 && y > 0.5 && y < 4.5);
    expect(inside.length).toBeGreaterThan(0);
    for (const [x] of inside) expect(x).toBe(2.5);
  });

  it("has no line where nothing is decided", () => {
    const flat = { ...ramp, grid: Matrix.filled(5, 5, 0.5) };
    const [, field] = named(parseMarkup(decisionBoundary(flat)), "svg");
    // What is there runs around the outside, where it is clipped away.
    for (const [x, y] of boundaryOf(field)) expect(x <= 0.5 || x >= 4.5 || y <= 0.5 || y >= 4.5).toBe(true);
  });

  it("has the first row at the bottom", () => {
    const upwards = {
      ...ramp,
      grid: Matrix.from([
        [0, 0],
        [1, 1],
      ]),
    };
    const [, field] = named(parseMarkup(decisionBoundary(upwards)), "svg");
    expect(named(field, "g")[0].attributes.get("transform")).toBe("translate(0 2) scale(1 -1)");
  });

  it("says in words how much of the plane is class 1", () => {
    const half = {
      ...ramp,
      grid: Matrix.from([
        [0, 0.5, 0.6, 0.9],
        [0, 0.5, 0.6, 0.9],
      ]),
    };
    expect(textOf(named(parseMarkup(decisionBoundary(half)), "desc")[0])).toContain(
      "50 % of the plane is predicted to be class 1",
    );
  });
});

describe("the examples", () => {
  const train = {
    X: Matrix.from([
      [-1, 1, 3],
      [0, 5, 10],
    ]),
    Y: Matrix.row([0, 1, 1]),
    featureNames: ["amount", "hour"],
    classNames: ["legitimate", "fraud"],
  };

  it("are circles of class 1 and squares of class 0, where they belong", () => {
    const chart = parseMarkup(decisionBoundary(ramp, { train }));
    const [, field] = named(chart, "svg");
    const [left, top, side] = ["x", "y", "width"].map((name) => numberOf(field, name));
    const [squares, circles] = named(chart, "g", "examples");
    expect(squares.attributes.get("fill")).toBe("var(--class-0)");
    expect(circles.attributes.get("fill")).toBe("var(--class-1)");
    const [square] = named(squares, "rect");
    // Half a hundredth of a pixel is lost in rounding.
    expect(numberOf(square, "x") + 3).toBeCloseTo(left, 1);
    expect(numberOf(square, "y") + 3).toBeCloseTo(top + side, 1);
    const [middle, corner] = named(circles, "circle");
    expect([numberOf(middle, "cx"), numberOf(middle, "cy")]).toEqual([left + side / 2, top + side / 2]);
    expect([numberOf(corner, "cx"), numberOf(corner, "cy")]).toEqual([left + side, top]);
  });

  it("are filled for training and hollow for held-out data, and the key says so", () => {
    const chart = parseMarkup(decisionBoundary(ramp, { train, test: train }));
    const fills = named(chart, "g", "examples").map(({ attributes }) => attributes.get("fill"));
    expect(fills).toEqual(["var(--class-0)", "var(--class-1)", "var(--paper)", "var(--paper)"]);
    const texts = named(chart, "text").map(textOf);
    expect(texts).toEqual(expect.arrayContaining(["fraud", "legitimate", "hollow: held out", "amount", "hour"]));
  });

  it("outside the field are left out", () => {
    const far = {
      X: Matrix.from([
        [100, 0],
        [0, Number.NaN],
      ]),
      Y: Matrix.row([1, 1]),
    };
    expect(named(parseMarkup(decisionBoundary(ramp, { train: far })), "circle").length).toBe(
      named(parseMarkup(decisionBoundary(ramp)), "circle").length,
    );
  });

  it("of a large set are thinned to 1,500", () => {
    const m = 20_000;
    const many = { X: Matrix.filled(2, m, 1), Y: Matrix.filled(1, m, 1) };
    const [, circles] = named(parseMarkup(decisionBoundary(ramp, { train: many })), "g", "examples");
    expect(named(circles, "circle")).toHaveLength(1500);
  });
});

it("names a shape that does not fit", () => {
  expect(() => decisionBoundary({ ...ramp, grid: Matrix.zeros(1, 5) })).toThrow(
    "the grid must be at least 2 × 2, got 1 × 5",
  );
  expect(() => decisionBoundary({ ...ramp, x1: -1 })).toThrow(
    "must reach from a lower to a higher value, got x -1 … -1",
  );
  expect(() => decisionBoundary(ramp, { train: { X: Matrix.zeros(3, 2), Y: Matrix.zeros(1, 2) } })).toThrow(
    "examples must have two features and one row of labels, got X 3 × 2 and Y 1 × 2",
  );
});

describe("probabilityField", () => {
  it("asks for every point of the grid once, corners included, rows from the bottom up", () => {
    const asked: Matrix[] = [];
    const field = probabilityField(
      Matrix.from([
        [0, 10],
        [100, 200],
      ]),
      (points) => {
        asked.push(points);
        return Matrix.row(points.rowData(1));
      },
      3,
    );
    // 15 % of 10 and of 100 on each side.
    expect([field.x0, field.x1, field.y0, field.y1]).toEqual([-1.5, 11.5, 85, 215]);
    expect(asked).toHaveLength(1);
    expect(asked[0].toArray()).toEqual([
      [-1.5, 5, 11.5, -1.5, 5, 11.5, -1.5, 5, 11.5],
      [85, 85, 85, 150, 150, 150, 215, 215, 215],
    ]);
    expect(field.grid.toArray()).toEqual([
      [85, 85, 85],
      [150, 150, 150],
      [215, 215, 215],
    ]);
  });

  it("gives a feature that does not vary a breadth", () => {
    const { x0, x1 } = probabilityField(Matrix.from([[7], [0]]), (points) => Matrix.row(points.rowData(0)));
    expect([x0, x1]).toEqual([6, 8]);
  });

  it("names what does not fit", () => {
    const any = (points: Matrix): Matrix => Matrix.row(points.rowData(0));
    expect(() => probabilityField(Matrix.zeros(3, 4), any)).toThrow(
      "needs points of two features, 2 × examples, got 3 × 4",
    );
    expect(() => probabilityField(Matrix.zeros(2, 1), any, 1)).toThrow(
      "resolution must be a whole number of at least 2, got 1",
    );
    expect(() => probabilityField(Matrix.zeros(2, 1), () => Matrix.zeros(2, 9), 3)).toThrow(
      "predict must give 1 × 9 probabilities, got 2 × 9",
    );
    expect(() =>
      probabilityField(
        Matrix.from([
          [1, Number.NaN],
          [0, 0],
        ]),
        any,
      ),
    ).toThrow("a coordinate of example 1 is NaN");
  });
});
