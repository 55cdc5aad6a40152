import { losses } from "../ops/generated/losses.js";
import type { LossDefinition } from "../ops/loss/loss.js";
import type { Network } from "./network.js";

/** The loss of a network with all that it computes. */
export const lossOf = ({ loss }: Network): LossDefinition => losses[loss.name];
