import { put, uniform } from "./kit.mjs";

/** Tables and arrays that everything else in the corpus is trained on. */
export function makeData({ npy: { formatNpy, formatNpz }, gradproof: { Matrix } }) {
  put("data/boxes.csv", boxes(70, 1));
  put("data/boxes-unseen.csv", unseenBoxes);
  put("data/corners.csv", corners(60));
  put("data/prices.csv", prices(50));
  put("data/counts.csv", counts(50));
  put("data/rare.csv", rare(120));

  const next = uniform(5);
  const numbers = (rows, columns) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.round(next() * 4000 - 2000) / 1000));
  const points = numbers(40, 3); // examples × features
  const labels = points.map(([a, b, c]) => [a + b * c > 0 ? 1 : 0]);
  put("data/points.npy", formatNpy(Matrix.from(points)));
  put("data/points-labels.npy", formatNpy(Matrix.from(labels)));
  put(
    "data/points.npz",
    formatNpz(
      new Map([
        ["X", Matrix.from(points)],
        ["y", Matrix.from(points.map(([a, b]) => [3 + a - 2 * b]))],
      ]),
    ),
  );

  const { pixels, classes } = images(45);
  put("data/images.idx3-ubyte", idx([45, 6, 6], pixels));
  put("data/images-labels.idx1-ubyte", idx([45], classes));

  // For the library: X features × examples, Y outputs × examples, V and W those of validation, s weights of examples.
  const examples = (features, m, outputs, target) => {
    const X = numbers(features, m);
    const Y = Array.from({ length: outputs }, (_, k) =>
      Array.from({ length: m }, (_, j) =>
        target(
          X.map((row) => row[j]),
          k,
        ),
      ),
    );
    return [Matrix.from(X), Matrix.from(Y)];
  };
  const sets = {
    binary: (m) => examples(2, m, 1, ([x, y]) => (x * y > 0 ? 1 : 0)),
    uneven: (m) => examples(2, m, 1, ([x, y]) => (x + y > 1.6 ? 1 : 0)),
    multiclass: (m) => examples(3, m, 3, ([x, y, z], k) => ([x, y, z].indexOf(Math.max(x, y, z)) === k ? 1 : 0)),
    regression: (m) => examples(2, m, 1, ([x, y]) => Math.round(1000 * (x - y * y)) / 1000),
    images: (m) => examples(36, m, 2, (x, k) => ((x[0] + x[7] + x[14] > 0 ? 1 : 0) === k ? 1 : 0)),
  };
  for (const [name, draw] of Object.entries(sets)) {
    const [X, Y] = draw(40);
    const [V, W] = draw(20);
    const s = Matrix.from([Array.from({ length: 40 }, () => Math.round(next() * 20) / 10)]);
    put(`data/${name}.npz`, formatNpz(new Map(Object.entries({ X, Y, V, W, s }))));
  }
}

/** Sizes, some missing; colors, some missing; a constant; whether the box is big. */
function boxes(rows, seed) {
  const next = uniform(seed);
  const lines = Array.from({ length: rows }, () => {
    const size = Math.round(next() * 1000) / 100;
    const color = ["red", "green", "blue", ""][Math.floor(next() * 4)];
    const shade = next() < 0.15 ? "" : Math.round(next() * 100);
    return `${size},${color},${shade},7,${size > (color === "red" ? 3 : 5) ? "big" : "small"}`;
  });
  return `size,color,shade,wheels,kind\n${lines.join("\n")}\n`;
}

const unseenBoxes = "shade,wheels,color,size\n50,7,blue,4.2\n,7,red,4.2\n10,8,,9\n99.5,7,green,\n";

/** The corner of the unit square that is nearest. */
function corners(rows) {
  const next = uniform(3);
  const lines = Array.from({ length: rows }, () => {
    const [x, y] = [next(), next()];
    return `${x},${y},"${y > 0.5 ? "north" : "south"}, ${x > 0.5 ? "east" : "west"}"`;
  });
  return `x,y,corner\n${lines.join("\n")}\n`;
}

/** A target whose unit is far from 1, and an identifier to drop. */
function prices(rows) {
  const next = uniform(7);
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = next() * 4 - 2;
    return `${i},${x},${Math.round(100_000 + 30_000 * x + 5000 * next())}`;
  });
  return `id,x,price\n${lines.join("\n")}\n`;
}

/** Classes that are numbers: 0, 1, 2. */
function counts(rows) {
  const next = uniform(9);
  const lines = Array.from({ length: rows }, () => {
    const [a, b] = [next(), next()];
    return `${a},${b},${Math.floor(1.5 * (a + b))}`;
  });
  return `a,b,count\n${lines.join("\n")}\n`;
}

/** One row in twelve is of the class to find. */
function rare(rows) {
  const next = uniform(11);
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = next() + (i % 12 === 0 ? 0.7 : 0);
    return `${x},${next()},${i % 12 === 0 ? 1 : 0}`;
  });
  return `x,noise,y\n${lines.join("\n")}\n`;
}

/** Images of 6 × 6 bytes: a bar that stands, lies, or neither. */
function images(count) {
  const next = uniform(13);
  const classes = Array.from({ length: count }, (_, i) => i % 3);
  const pixels = classes.flatMap((k) => {
    const at = 1 + Math.floor(next() * 4);
    return Array.from({ length: 36 }, (_, p) => {
      const [row, column] = [Math.floor(p / 6), p % 6];
      return (k === 0 && column === at) || (k === 1 && row === at)
        ? 200 + Math.floor(next() * 50)
        : Math.floor(next() * 60);
    });
  });
  return { pixels, classes };
}

/** An IDX file of bytes. */
function idx(shape, numbers) {
  const bytes = new Uint8Array(4 + 4 * shape.length + numbers.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, 8, shape.length]);
  for (const [i, length] of shape.entries()) view.setUint32(4 + 4 * i, length);
  bytes.set(numbers, 4 + 4 * shape.length);
  return bytes;
}
