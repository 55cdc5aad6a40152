// One run in this process: its time a step and its peak of memory, or how long it takes to begin.
const began = performance.now();
const build = await import("../dist/index.js");
const importing = performance.now() - began;
const { stepsAlone } = await import("./work.js");
const { sizes, examples, dtype, start } = JSON.parse(process.argv[2]);
const { dense, Matrix, network, train } = build;
const { RandomState } = await import("../dist/random/index.js");
const X = new RandomState(1).randn(sizes[0], examples).as(dtype);
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
const options = { optimizer: "gradientDescent" };

if (start) {
  const before = performance.now();
  await train(model, { X, Y }, { ...options, iterations: 1000, recordEvery: 1000 });
  console.log(JSON.stringify({ importing, thousand: performance.now() - before }));
} else {
  const session = await stepsAlone(build, model, { X, Y }, options);
  const secondsOf = async (steps) => {
    const before = performance.now();
    await session.advance(steps);
    return (performance.now() - before) / 1000;
  };
  let steps = 1;
  while ((await secondsOf(steps)) < 0.1) steps *= 3;
  let seconds = Number.POSITIVE_INFINITY;
  for (let k = 0; k < 3; k++) seconds = Math.min(seconds, (await secondsOf(steps)) / steps);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ microseconds: seconds * 1e6, megabytes }));
}
