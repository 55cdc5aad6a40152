import { describe, expect, it } from "vitest";
import type { Registry } from "../../src/ops/choice.js";
import { losses } from "../../src/ops/generated/losses.js";
import { inWords, optionsOf, type Vocabulary, wordsOf } from "../../src/ops/labels.js";
import type { LossDefinition } from "../../src/ops/loss/loss.js";
import { defaultLosses, lossFor, outputActivationFor } from "../../src/ops/names.js";
import { activationVocabulary } from "../../src/ops/vocabulary/activationVocabulary.js";
import { initializerVocabulary } from "../../src/ops/vocabulary/initializerVocabulary.js";
import { layerVocabulary } from "../../src/ops/vocabulary/layerVocabulary.js";
import { lossVocabulary } from "../../src/ops/vocabulary/lossVocabulary.js";
import { optimizerVocabulary } from "../../src/ops/vocabulary/optimizerVocabulary.js";

/** Layers need not have options. */
const layersAlone: Vocabulary<Registry> = {
  operations: Object.fromEntries(
    Object.entries(layerVocabulary.operations).map(([name, { options = {} }]) => [name, { options }]),
  ),
  words: layerVocabulary.words,
};
const vocabularies: readonly (readonly [string, Vocabulary<Registry>])[] = [
  ["activations", activationVocabulary],
  ["initializers", initializerVocabulary],
  ["layers", layersAlone],
  ["losses", lossVocabulary],
  ["optimizers", optimizerVocabulary],
];

describe.each(vocabularies)("the words of the %s", (_kind, vocabulary) => {
  const all = Object.keys(vocabulary.operations);

  it("are there for each, with a label of its own", () => {
    expect(Object.keys(vocabulary.words).sort()).toEqual([...all].sort());
    const labels = all.map((name) => vocabulary.words[name].label);
    expect(new Set(labels).size).toBe(all.length);
    for (const name of all) {
      const { formula, use } = vocabulary.words[name];
      expect(formula).not.toBe("");
      expect(use).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  it("name each option, and none that is not there", () => {
    for (const name of all) {
      const named = Object.keys(vocabulary.words[name].options ?? {});
      expect(named.sort(), name).toEqual(Object.keys(vocabulary.operations[name].options).sort());
    }
  });
});

describe("the words of the layers", () => {
  it("have a picture each, that stays in its frame of 60 × 36", () => {
    for (const [name, { picture = "" }] of Object.entries(layerVocabulary.words)) {
      expect(picture, name).toMatch(/^M[\d A-Za-z-]+$/);
      // Absolute coordinates; of an arc, which is relative, they stay smaller still.
      for (const number of picture.match(/\d+/g) ?? []) expect(Number(number), name).toBeLessThanOrEqual(60);
    }
  });
});

describe("an operation in words", () => {
  it("is its label with its numbers", () => {
    expect(inWords(activationVocabulary, "relu")).toBe("ReLU");
    expect(inWords(activationVocabulary, "leakyRelu")).toBe("leaky ReLU 0.01");
    expect(inWords(activationVocabulary, { type: "leakyRelu", slope: 0.3 })).toBe("leaky ReLU 0.3");
    expect(optionsOf(activationVocabulary, "leakyRelu")).toMatchObject([{ key: "slope", label: "Slope below 0" }]);
  });

  it("is its name where it has no words", () => {
    const { operations } = activationVocabulary;
    expect(wordsOf({ operations, words: {} }, "relu").label).toBe("relu");
    expect(optionsOf({ operations, words: {} }, "leakyRelu").map(({ label }) => label)).toEqual(["slope"]);
  });
});

describe("what fits a task", () => {
  it("is a loss of it, with the activation it is made for", () => {
    expect(
      (["binary", "multiclass", "regression"] as const).map((task) => [lossFor(task), outputActivationFor(task)]),
    ).toEqual([
      ["binaryCrossEntropy", "sigmoid"],
      ["categoricalCrossEntropy", "softmax"],
      ["meanSquaredError", "linear"],
    ]);
  });

  it("is one loss a task, and one for each output activation", () => {
    const all: readonly LossDefinition[] = defaultLosses.map((name) => losses[name]);
    expect(all.map(({ task }) => task).sort()).toEqual(["binary", "multiclass", "regression"]);
    expect(new Set(all.map(({ activation }) => activation)).size).toBe(all.length);
  });
});
