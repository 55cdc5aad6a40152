import { describe, expect, it } from "vitest";
import { inWords } from "../../src/constraint/message.js";
import { circles } from "../../src/data/generators/circles.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { type DoctorWords, findingInWords, symptomInWords } from "../../src/doctor/findingInWords.js";
import { say } from "../../src/doctor/say.js";
import { words } from "../../src/doctor/words.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { train } from "../../src/training/train.js";

const start = { layer: 2, times: 449.6 };
const trial = { steps: 1000, examples: 16, error: 0.25 };
const dead = { dead: 3, units: 5, layer: 1 } as const;

describe("the words of the doctor", () => {
  it.each([
    [
      say("doctor.why.featureSpread", { wide: "income", narrow: 2, times: 1234.5 }),
      "income varies 1,235 times as much as feature 2",
    ],
    [say("doctor.why.featureOffset", { feature: 1, times: 10.4 }), "the mean of feature 1 is 10 times its deviation"],
    [
      say("doctor.why.outputMismatch", { labels: 3, output: "sigmoid" }),
      "each example has exactly one of the 3 labels, but 3 sigmoids answer as if it could have several or none",
    ],
    [
      say("doctor.why.startTooLargeSaturates", { ...start, saturatedLayer: 1, share: 0.604 }),
      "the weights of layer 2 start with 450 times the variance of He, and 60 % of the units of layer 1 are saturated",
    ],
    [
      say("doctor.why.startTooLargeCosts", { ...start, times: 9.96, costTimes: 3.06 }),
      "the weights of layer 2 start with 10 times the variance of He, and the first cost is 3.1 times that of a guess",
    ],
    [
      say("doctor.why.startTooSmall", { ...start, times: 3.21e-7, left: 0.001 }),
      "the weights of layer 2 start with 3.2e-7 times the variance of Xavier, " +
        "and of the size of the inputs 0.0010 is left in the last hidden layer",
    ],
    [
      say("doctor.why.vanishingGradients", { size: 0 }),
      "the gradient of layer 1 is 0 of the cost at the start, so its weights stay where they are",
    ],
    [
      say("doctor.why.vanishingGradients", { size: 4.27e-6 }),
      "the gradient of layer 1 is 4.3e-6 of the cost at the start, so its weights stay where they are",
    ],
    [say("doctor.why.costNotFinite", { step: 7 }), "the cost was no longer finite after step 7"],
    [
      say("doctor.why.costAboveChance", { times: 999.94 }),
      "the cost is 999.9 times that of an answer which does not look at its input",
    ],
    [
      say("doctor.why.costAboveChance", { times: 123_456 }),
      "the cost is 1.2e+5 times that of an answer which does not look at its input",
    ],
    [
      say("doctor.why.oscillation", { rise: 0.03, share: 0.5, from: 0.5 }),
      "the cost rises by more than 3 % of that of chance in 50 % of the entries of the second half",
    ],
    [
      say("doctor.why.saturatedUnits", { share: 0.75, layer: 1, low: -5, high: 5 }),
      "75 % of the units of layer 1 have |z| ≥ 5 for most examples, where their slope is almost 0",
    ],
    [
      say("doctor.why.saturatedUnits", { share: 0.75, layer: 1, low: -5, high: 3 }),
      "75 % of the units of layer 1 have z ≤ −5 or z ≥ 3 for most examples, where their slope is almost 0",
    ],
    [
      say("doctor.why.saturatedUnits", { share: 0.75, layer: 1, low: -5 }),
      "75 % of the units of layer 1 have z ≤ −5 for every example, where their slope is almost 0",
    ],
    [
      say("doctor.why.deadUnits", { ...dead, activation: "hardTanh", flat: ["-1", "1"] }),
      "3 of 5 units of layer 1 are −1 or 1 for every training example, and a hard tanh at −1 or 1 learns nothing",
    ],
    [
      say("doctor.why.validationRises", { step: 40, times: 1.305 }),
      "after step 40 the validation cost rose to 1.30 times its least while the training cost fell",
    ],
    [
      say("doctor.why.validationRisesBestKept", { step: 40, times: 2 }),
      "after step 40 the validation cost rose to 2.00 times its least while the training cost fell; the best weights were kept",
    ],
    [
      say("doctor.why.cannotFitClasses", trial),
      "1,000 steps of Adam on 16 examples alone, without regularization, leave 25 % of the answers wrong",
    ],
    [
      say("doctor.why.cannotFitNumbers", trial),
      "1,000 steps of Adam on 16 examples alone, without regularization, leave an error of 25 % of the variance of their targets",
    ],
    [
      say("doctor.advice.otherOutput", { output: "softmax", loss: "categoricalCrossEntropy" }),
      "softmax outputs, whose loss is categorical cross-entropy",
    ],
    [
      say("doctor.advice.deadUnits", { initializer: "he", activation: "relu" }),
      "a lower learning rate, He initialization, or leaky ReLU",
    ],
    [
      say("doctor.advice.deadUnits", { initializer: "xavier", activation: "tanh" }),
      "a lower learning rate, Xavier initialization, or an activation that is flat nowhere",
    ],
  ])("%j", (message, text) => {
    expect(inWords(message, words)).toBe(text);
  });

  it("can be those of another language, of which the doctor need not know", async () => {
    const chinese: DoctorWords = {
      ...words,
      "doctor.symptom.symmetry": () => "对称",
      "doctor.why.symmetry": ({ units, layer }) => `第 ${layer} 层的 ${units} 个单元完全相同`,
      "doctor.advice.breakSymmetry": ({ initializer }) => `改用 ${initializer} 初始化`,
    };
    const data = circles({ examples: 60, seed: 1 });
    const model = network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], initializer: "zeros" });
    const run = await train(model, data, { iterations: 50, optimizer: "gradientDescent" });
    // As it would come from a worker, a file or another process.
    const [finding] = JSON.parse(JSON.stringify(diagnose({ network: model, data, run })));
    expect(findingInWords(finding, chinese)).toEqual({
      symptom: "对称",
      why: "第 1 层的 8 个单元完全相同",
      advice: "改用 he 初始化",
    });
    expect(symptomInWords("symmetry")).toBe("symmetry");
  });
});
