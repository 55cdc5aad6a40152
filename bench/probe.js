// One run in this process: its time a step and its peak of memory, or how long it takes to begin.
const began = performance.now();
const { dense, Matrix, network, RandomState, train } = await import("../dist/index.js");
const importing = performance.now() - began;
const { sizes, examples, dtype, start } = JSON.parse(process.argv[2]);
const random = new RandomState(1);
const X = random.randn(sizes[0], examples).as(dtype);
const Y = Matrix.zeros(1, examples, dtype);
for (let j = 0; j < examples; j++) Y.data[j] = j % 2;
const last = sizes.length - 2;
const model = network({
  inputs: sizes[0],
  layers: sizes.slice(1).map((units, l) => dense(units, l === last ? "sigmoid" : "relu")),
  initializer: "he",
  dtype,
  seed: 1,
});
const run = async (iterations) =>
  (await train(model, { X, Y }, { optimizer: "gradientDescent", iterations, recordEvery: iterations })).seconds;

if (start) {
  const before = performance.now();
  await run(1000);
  console.log(JSON.stringify({ importing, thousand: performance.now() - before }));
} else {
  let steps = 1;
  while ((await run(steps)) < 0.15) steps *= 3;
  let seconds = Number.POSITIVE_INFINITY;
  // The cost after the last update takes a pass of its own.
  for (let k = 0; k < 3; k++) seconds = Math.min(seconds, (await run(steps)) / (steps + 1));
  console.log(
    JSON.stringify({ microseconds: seconds * 1e6, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }),
  );
}
