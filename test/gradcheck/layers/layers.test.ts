import { describe, expect, it } from "vitest";
import { checkDrawn } from "../../../calibration/gradcheck/families/layers.js";
import type { DrawnLayer } from "../../../calibration/gradcheck/layers/layer.js";
import { layers } from "../../../calibration/gradcheck/layers/layers.js";
import type { Message } from "../../../src/constraint/message.js";
import { RandomStream } from "../../../src/random/streams.js";
import { said } from "../said.js";

/** Draws of each layer, the first of which has its bugs; `npm run calibrate -- --families --family layers` has more. */
const draws = 2;

function drawn(name: string, index: number): DrawnLayer {
  const layer = layers.find((one) => one.name === name);
  if (layer === undefined) throw new Error(`no layer ${name}`);
  return layer.draw(new RandomStream(4, "data", 5, index));
}

/** Ids of a message and of all within it. */
function idsOf({ id, parts = {} }: Message): string[] {
  return [id, ...Object.values(parts).flat().flatMap(idsOf)];
}

/** What is said of the wrong blocks. */
function explanations(layer: DrawnLayer, bug: string): Message[] {
  const { blocks } = checkDrawn(layer, bug, { seed: 7 });
  return blocks.flatMap(({ verdict, explanation }) => (verdict === "wrong" && explanation ? [explanation] : []));
}

describe.each(layers.map(({ name }) => name))("%s, by hand", (name) => {
  const all = Array.from({ length: draws }, (_, index) => drawn(name, index));

  it("passes where it is right", () => {
    expect(all.map((layer) => checkDrawn(layer, undefined, { seed: 7 }).verdict)).toEqual(all.map(() => "correct"));
  });

  it("is wrong with each of its bugs, and never explained by a cause that it has not", () => {
    const [layer] = all;
    expect(layer.bugs.length).toBeGreaterThan(0);
    for (const { name: bug, causes = [] } of layer.bugs) {
      const found = explanations(layer, bug);
      expect([bug, found.length > 0]).toEqual([bug, true]);
      const others = found.filter(
        (message) =>
          message.id !== "cause.unknown" &&
          !["cause.zero", "cause.part"].includes(message.id) &&
          !idsOf(message).some((id) => causes.some((cause) => cause.id === id)),
      );
      expect([bug, others.map(said)]).toEqual([bug, []]);
    }
  });
});

/** The first draw that can have a bug, and what is said with it. */
function sentence(name: string, bug: string, wanted: (layer: DrawnLayer) => boolean = () => true): string[] {
  for (let index = 0; index < 50; index++) {
    const layer = drawn(name, index);
    if (wanted(layer) && layer.bugs.some((one) => one.name === bug)) return explanations(layer, bug).map(said);
  }
  throw new Error(`${name} never has ${bug}`);
}

describe("causes of what people write", () => {
  it.each([
    ["batch norm", "mean's term missing", /^dx is right but for its mean over ax.*−mean\(dx̂\), is missing or wrong$/],
    [
      "group norm",
      "variance's term missing",
      /over axes 1, 2 and 3 \(2 channels at a time\).*the term of the variance/,
    ],
    ["layer norm", "statistics constant", /^dx is right but for its mean and a part along x̂ over axis 1, which/],
    ["layer norm", "γ outside the sums", /^dx \/ gamma adds up to 0 over the features, where dx itself should/],
    [
      "root mean square norm",
      "variance's term missing",
      /the term of the mean square \(RMS norm\) is missing or wrong$/,
    ],
    ["attention", "1/√d missing", /√[2358], with d = \d the length of an axis: 1\/√d is missing$/],
    ["softmax", "sum missing", /^dS lacks the sum in dS = P ∘ \(dP − Σ P ∘ dP\) of a softmax over axis 1$/],
    [
      "softmax cross-entropy",
      "targets not subtracted",
      /× softmax\(scores\) over axis 1: the targets Y are not subtracted$/,
    ],
    ["convolution", "dw turned", /^dw holds the right numbers in reverse order along axes 2 and 3: a kernel is turned/],
    ["RNN", "first step forgotten", /^index 0 along axis 1 \(counted from 0\) of dx is zero; the rest is right$/],
    [
      "RNN",
      "chain cut",
      /^unknown; dx is wrong at all indices before \d along axis 1 \(if these are time steps: look at what/,
    ],
    ["embedding", "= for +=", /^unknown; rows? [\d, ]+ \(counted from 0\) of dE (is|are) wrong, the rest is right$/],
    ["attention", "dQ and dK swapped", /^dQ is not the gradient of Q: its numbers are returned as that of K$/],
  ])("%s, %s", (name, bug, pattern) => {
    expect(sentence(name, bug).some((text) => pattern.test(text))).toBe(true);
  });

  it("γ outside the sums, of a γ that is 1 everywhere: the check sees it near there", () => {
    const isOne = ({ inputs }: DrawnLayer): boolean => inputs.gamma.data.every((value) => value === 1);
    expect(sentence("layer norm", "γ outside the sums", isOne)[0]).toMatch(/^dx \/ gamma adds up to 0/);
  });
});
