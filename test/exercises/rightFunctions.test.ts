import fc from "fast-check";
import { exercises, judges } from "gradproof/exercises";
import { it } from "vitest";
import { plainSolution } from "./plainSolution.js";
import { rightFunctions } from "./rightFunctions.js";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const solution = plainSolution(rightFunctions);

it.each(exercises.map(({ name }) => name))("right functions of %s are right, whatever the seed", async (name) => {
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const { functions } = await judges[name](solution, { seed });
      return Object.values(functions).every(({ verdict }) => verdict === "correct");
    }),
    { numRuns: 6 },
  );
});
