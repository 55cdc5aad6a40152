// Everything in one object: rank 1 biases; uniform numbers; Xavier.
const layers = (dims, weight, bias) =>
  Object.fromEntries(
    dims.slice(1).flatMap((units, i) => [
      [`W${i + 1}`, Array.from({ length: units }, () => Array.from({ length: dims[i] }, () => weight(dims[i])))],
      [`b${i + 1}`, Array.from({ length: units }, bias)],
    ]),
  );
const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

export default {
  initialize_parameters_zeros: (dims) =>
    layers(
      dims,
      () => 0,
      () => 0,
    ),
  initialize_parameters_random: (dims) =>
    layers(
      dims,
      () => 10 * Math.random(),
      () => [0],
    ),
  initialize_parameters_he: (dims) =>
    layers(
      dims,
      (n) => normal() / Math.sqrt(n),
      () => [0],
    ),
};
