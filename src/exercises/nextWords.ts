/** In English, what to look at next. */
export const nextWords = {
  "next.rename": ({ name, found }: { name: string; found: string }) => `call ${found} ${name}`,
  "next.keepdims": ({ name }: { name: string }) =>
    `${name} = np.sum(…, axis=1, keepdims=True) / m: without keepdims the sum has rank 1, and b − α ${name} becomes a matrix`,
  "next.reshape": ({ name, shape }: { name: string; shape: string }) =>
    `${name}.reshape${shape}: rank 1 is never meant`,
  "next.rowsOfOne": ({ name }: { name: string }) =>
    `${name} is a column: one row of one number for each unit, [[…], […]]`,
  "next.oneRow": ({ name }: { name: string }) => `${name} is one row: [[…]]`,
  "next.transpose": ({ name }: { name: string }) => `${name} is transposed`,
  "next.seedOnce": () => "set the seed before the loop over the layers",
  "next.randn": () => "W[l] = randn(n[l], n[l−1]), times the factor",
  "next.he": () => "the factor is √(2 / n[l−1]), of the layer below",
  "next.timesTen": () => "the factor is 10 in every layer",
  "next.costWithPenalty": () => "cost = −(1/m) Σ [y log a + (1 − y) log(1 − a)] + λ/(2m) Σ W²",
  "next.cost": () => "cost = −(1/m) Σ [y log a + (1 − y) log(1 − a)]",
  "next.saturated": () =>
    "where A3 is exactly 0 or 1 the cost is NaN or throws: the course's compute_cost takes nansum",
  "next.formula": ({ formula }: { formula: string }) => formula,
  "next.mask": ({ name }: { name: string }) => `${name} = rand(shape of A) < keep_prob, drawn for every entry`,
  "next.scale": ({ name, mask }: { name: string; mask: string }) =>
    `${name} = ${name} * ${mask}; ${name} = ${name} / keep_prob`,
  "next.backwardMask": () => "dA = dA * D, dA = dA / keep_prob, with D1 and D2 of the cache",
  "next.twoSided": () => "gradapprox = (J(θ + ε) − J(θ − ε)) / (2ε)",
  "next.check": () =>
    "gradapprox = (J(θ + ε) − J(θ − ε)) / (2ε); difference = ‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖)",
  "next.copy": () => "move copies of θ (np.copy, structuredClone), made anew for every parameter",
  "next.return": ({ names }: { names: readonly string[] }) => `return ${names.join(", ")}`,
  "next.ratio": () => "difference = ‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖), of norms that are not squared",
  "next.callForward": () => "call forward_propagation(x, theta): then it checks any cost",
  "next.predictWithout": () => "predict with forward_propagation, not with forward_propagation_with_dropout",
  "next.threshold": () => "p = A3 > 0.5, a row of one prediction an example",
  "next.update": () => "θ := θ − learning_rate · dθ, for every W and b, in each of num_iterations",
  "next.seed": () => "a seed that is set before the weights are drawn makes a run repeatable",
  "next.keepInModel": () => "keep_prob < 1: forward and backward pass are those with dropout",
};
