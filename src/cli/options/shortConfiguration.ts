import { shortChoice } from "../../ops/choiceText.js";
import type { activations } from "../../ops/generated/activations.js";
import type { averages } from "../../ops/generated/averages.js";
import type { initializers } from "../../ops/generated/initializers.js";
import type { optimizers } from "../../ops/generated/optimizers.js";
import type { schedules } from "../../ops/generated/schedules.js";
import { isDense } from "../../ops/layer/dense/dense.js";
import type { Configuration, NetworkTemplate, TrainingTemplate } from "../../pipeline/configuration.js";
import { output } from "../../pipeline/defaults.js";
import { scheduleKeys } from "../../training/parseSchedule.js";
import { shortImage } from "./imageText.js";

/** What means the same in the same form: choices without numbers by name, gray images without their one channel. */
export function shortConfiguration({ data, network, training, ...others }: Configuration): Configuration {
  return {
    ...others,
    ...(data && { data: { ...data, ...(data.image && { image: shortImage(data.image) }) } }),
    ...(network && { network: shortNetwork(network) }),
    ...(training && { training: shortTraining(training) }),
  };
}

function shortTraining(training: TrainingTemplate): TrainingTemplate {
  const { optimizer, average } = training;
  const short = scheduleKeys.flatMap((key) => {
    const schedule = training[key];
    return schedule === undefined || schedule === "none" ? [] : [[key, shortChoice<typeof schedules>(schedule)]];
  });
  return {
    ...training,
    ...(optimizer && { optimizer: shortChoice<typeof optimizers>(optimizer) }),
    ...(average && average !== "none" && { average: shortChoice<typeof averages>(average) }),
    ...Object.fromEntries(short),
  };
}

function shortNetwork({ layers, initializer, ...others }: NetworkTemplate): NetworkTemplate {
  return {
    ...others,
    ...(layers && {
      layers: layers.map((layer) => {
        if (layer.type === output.type || !isDense(layer)) return layer;
        const { activation, initializer: own, ...rest } = layer;
        return {
          ...rest,
          activation: shortChoice<typeof activations>(activation),
          ...(own && { initializer: shortChoice<typeof initializers>(own) }),
        };
      }),
    }),
    ...(initializer && { initializer: shortChoice<typeof initializers>(initializer) }),
  };
}
