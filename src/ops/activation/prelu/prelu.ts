import { entrywise } from "../activation.js";

/**
 * The parametric rectified linear unit: z for z > 0, `slope · z` elsewhere, with a slope that each unit learns from 0.25 on.
 *
 * Source: He, Zhang, Ren & Sun 2015, "Delving deep into rectifiers", eq. 1 and section 2.1; neither L2 nor weight decay acts
 * on the slopes, which it would push towards the ReLU.
 */
export const prelu = entrywise({
  learned: { slope: 0.25 },
  // A slope below 0 makes g two-valued: its sign does not tell that of z.
  keeps: "input",
  traits: { range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], initializer: "he" },
  pieces: [
    {
      to: 0,
      value: (z, { slope }) => slope * z,
      derivative: (_z, _a, { slope }) => slope,
      byParameter: { slope: (z) => z },
    },
    { value: (z) => z, derivative: () => 1 },
  ],
});
