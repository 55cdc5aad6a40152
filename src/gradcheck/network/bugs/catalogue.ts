import type { Bug } from "./bug.js";
import { chainBugs } from "./chainBugs.js";
import { derivativeBugs } from "./derivativeBugs.js";
import { maskBugs } from "./maskBugs.js";
import { outputBugs } from "./outputBugs.js";
import { parameterBugs } from "./parameterBugs.js";
import { penaltyBugs } from "./penaltyBugs.js";

/** Every bug that can be replayed, the usual ones first. */
export const catalogue: readonly Bug[] = [
  ...penaltyBugs,
  ...maskBugs,
  ...derivativeBugs,
  ...outputBugs,
  ...chainBugs,
  ...parameterBugs,
];
