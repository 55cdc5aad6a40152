import { describe, expect, it } from "vitest";
import { pathOf, programOf, typeErrors } from "./program.js";

const imports = `import { backward, dense, evaluate, forward, type LayerSpec, Matrix, network, networkWith, summaryOf, train } from "gradproof";
const model = network({ inputs: 1, layers: [dense(3, "relu"), dense(1, "linear")] });
const data = { X: Matrix.row([1, 2]), Y: Matrix.row([2, 4]) };
`;

/** What a user of the library writes under the strictest flags, and what the compiler says of it, if anything. */
const programs: readonly (readonly [name: string, text: string, error?: string])[] = [
  ["parameters of layers written out", "model.parameters.W1.rows + model.parameters.b2.rows;"],
  [
    "a parameter that those layers do not have",
    "model.parameters.W3.rows;",
    "'model.parameters.W3' is possibly 'undefined'.",
  ],
  [
    "parameters of layers from elsewhere",
    'const layers: LayerSpec[] = [dense(1, "linear")];\nnetwork({ inputs: 1, layers }).parameters.W1.rows;',
    "Object is possibly 'undefined'.",
  ],
  ["a copy", "networkWith(model.spec, model.theta.slice()).parameters.W2.rows;"],
  ["a gradient", "backward(model, forward(model, data.X).cache, data.Y).gradients.dW2.rows;"],
  [
    "a summary of what evaluate() gives",
    "summaryOf(await train(model, data), 2, { train: evaluate(model, data), test: { cost: undefined } });",
  ],
  [
    "a summary of a part that there is not",
    "summaryOf(await train(model, data), 2, { all: evaluate(model, data) });",
    "'all' does not exist",
  ],
];
const examples = programs.map(([, text], k) => ({ file: "types", line: k, text: `${imports}${text}\nexport {};` }));
const program = programOf([], new Map(examples.map((example) => [pathOf(example), example.text])));

describe("the public types under noUncheckedIndexedAccess", () => {
  it.each(programs.map(([name, , error], k) => [name, examples[k], error] as const))("%s", (_, example, error) => {
    expect(typeErrors(program, [example])).toEqual(error === undefined ? [] : [expect.stringContaining(error)]);
  });
});
