import { attention, softmaxLayer } from "./attention.js";
import { clipped, residual } from "./branches.js";
import { convolution } from "./convolution.js";
import { embedding, tiedWeights } from "./embedding.js";
import { gru, lstm } from "./gated.js";
import type { Layer } from "./layer.js";
import { hinge, softmaxCrossEntropy } from "./losses.js";
import { norms } from "./norms.js";
import { averagePooling, maxPooling } from "./pooling.js";
import { rnn } from "./recurrent.js";
import { responseNorm } from "./responseNorm.js";

/** Every layer that is written here by hand. */
export const layers: readonly Layer[] = [
  convolution,
  maxPooling,
  averagePooling,
  ...norms,
  responseNorm,
  rnn,
  lstm,
  gru,
  attention,
  softmaxLayer,
  embedding,
  tiedWeights,
  hinge,
  softmaxCrossEntropy,
  residual,
  clipped,
];
