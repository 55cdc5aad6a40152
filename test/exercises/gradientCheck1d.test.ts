import { describe, expect, it } from "vitest";
import { course } from "./courseFunctions.js";
import type { Own, Plain } from "./plainSolution.js";
import { told } from "./told.js";

const exercise = "gradient-check-1d";

/** A check over functions that can be replaced, as those of a file are. */
type Check = (
  J: (theta: number) => number,
  gradient: () => number,
  x: number,
  theta: number,
  epsilon: number,
) => unknown;

const file =
  (check: Check) =>
  ({ call }: Own): Record<string, Plain> => ({
    forward_propagation: course.forward_propagation,
    backward_propagation: course.backward_propagation,
    gradient_check: (x: number, theta: number, epsilon: number) =>
      check(
        (at) => call("forward_propagation", x, at) as number,
        () => call("backward_propagation", x, theta) as number,
        x,
        theta,
        epsilon,
      ),
  });

const ratio = (a: number, b: number): number => Math.abs(a - b) / (Math.abs(a) + Math.abs(b));
const right: Check = (J, gradient, _x, theta, e) => ratio(gradient(), (J(theta + e) - J(theta - e)) / (2 * e));

describe("forward_propagation(x, theta) and backward_propagation(x, theta)", () => {
  it("are right as the course has them", async () => {
    for (const name of ["forward_propagation", "backward_propagation"]) {
      expect(await told(exercise, name, file(right))).toMatchObject({
        verdict: "correct",
        why: "values and shapes are right in 5 cases",
      });
    }
  });

  it.each<[string, Plain, string]>([
    ["forward_propagation", (x, t) => x + t, "at x = 2, θ = 4 J is 6, expected 8: this is θ + x"],
    ["forward_propagation", (x, t) => x * t + 1, "at x = 2, θ = 4 J is 9, expected 8"],
    ["backward_propagation", (_x, t) => t, "at x = 2, θ = 4 dtheta is 4, expected 2: this is θ, the derivative in x"],
    ["backward_propagation", (x) => 2 * x, "at x = 2, θ = 4 dtheta is 4, expected 2: this is 2x"],
    ["backward_propagation", () => undefined, "dtheta is undefined, expected a number"],
  ])("%s is wrong: %#", async (name, written, said) => {
    expect(await told(exercise, name, () => ({ [name]: written }))).toMatchObject({ verdict: "wrong", why: said });
  });
});

describe("gradient_check(x, theta, epsilon)", () => {
  it.each<[string, Check]>([
    ["as the course has it", right],
    [
      "with hypot for the norm",
      (J, gradient, _x, t, e) => {
        const [a, b] = [gradient(), (J(t + e) - J(t - e)) / 2 / e];
        return Math.hypot(a - b) / (Math.hypot(a) + Math.hypot(b));
      },
    ],
    [
      "with the quotient the other way round",
      (J, gradient, _x, t, e) => ratio(gradient(), (J(t - e) - J(t + e)) / (-2 * e)),
    ],
    ["with its approximation beside the difference", (J, gradient, _x, t, e) => [right(J, gradient, 0, t, e), 2]],
  ])("is right %s", async (_, check) => {
    for (let seed = 0; seed < 10; seed++) {
      expect(await told(exercise, "gradient_check", file(check), seed)).toEqual({
        verdict: "correct",
        why: "it passes 5 right gradients and finds 5 with planted bugs, each with the textbook's number",
        next: undefined,
      });
    }
  });

  it("may compute θ x itself, and is told to call forward_propagation", async () => {
    const own: Check = (_J, gradient, x, t, e) => ratio(gradient(), (x * (t + e) - x * (t - e)) / (2 * e));
    expect(await told(exercise, "gradient_check", file(own))).toMatchObject({
      verdict: "correct",
      next: "call forward_propagation(x, theta): then it checks any cost",
    });
    const oneSided: Check = (_J, gradient, x, t, e) => ratio(gradient(), (x * (t + e) - x * t) / e);
    expect(await told(exercise, "gradient_check", file(oneSided))).toMatchObject({
      verdict: "wrong",
      why: "the difference quotient is one-sided, with an error of O(ε); that of a two-sided one is O(ε²)",
    });
  });

  it("tells a one-sided difference by its error, which is O(ε)", async () => {
    const oneSided: Check = (J, gradient, _x, t, e) => ratio(gradient(), (J(t + e) - J(t)) / e);
    const { verdict, why, next } = await told(exercise, "gradient_check", file(oneSided));
    expect(verdict).toBe("wrong");
    const said =
      /^the difference quotient is one-sided, \(J\(θ \+ ε\) − J\(θ\)\) \/ ε, with an error of O\(ε\): (\S+) at ε = 0.01, (\S+) at 0.001; /;
    const [, large, small] = why.match(said) ?? [];
    expect(Number(large) / Number(small)).toBeCloseTo(10, 0);
    expect(next).toBe("gradapprox = (J(θ + ε) − J(θ − ε)) / (2ε)");
  });

  it("tells a one-sided difference also where the ratio is none that is known", async () => {
    const odd: Check = (J, gradient, _x, t, e) => 3 * ratio(gradient(), (J(t + e) - J(t)) / e);
    expect((await told(exercise, "gradient_check", file(odd))).why).toContain(
      "the error is O(ε), as of a one-sided quotient",
    );
  });

  it.each<[Check, string]>([
    [
      (J, g, _x, t, e) => Math.abs(g() - (J(t + e) - J(t - e)) / (2 * e)),
      "the difference is ‖a − b‖, expected ‖a − b‖ / (‖a‖ + ‖b‖)",
    ],
    [
      (J, g, _x, t, e) => {
        const [a, b] = [g(), (J(t + e) - J(t - e)) / (2 * e)];
        return (a - b) ** 2 / (a * a + b * b);
      },
      "the difference is ‖a − b‖² / (‖a‖² + ‖b‖²), expected ‖a − b‖ / (‖a‖ + ‖b‖)",
    ],
    [
      (J, g, _x, t, e) => {
        const [a, b] = [g(), (J(t + e) - J(t - e)) / (2 * e)];
        return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
      },
      "the difference is ‖a − b‖ / max(‖a‖, ‖b‖), expected ‖a − b‖ / (‖a‖ + ‖b‖)",
    ],
    [
      (J, g, _x, t, e) => {
        const [a, b] = [g(), (J(t + e) - J(t - e)) / (2 * e)];
        return Math.abs(a - b) / Math.abs(a + b);
      },
      "the difference is ‖a − b‖ / ‖a + b‖, expected ‖a − b‖ / (‖a‖ + ‖b‖)",
    ],
    [
      (J, g, _x, t, e) => ratio(g(), (J(t + e) - J(t - e)) / e),
      "the difference quotient is (J(θ + ε) − J(θ − ε)) / ε, expected (J(θ + ε) − J(θ − ε)) / 2ε",
    ],
    [
      (J, g, _x, t, e) => ratio(g(), ((J(t + e) - J(t - e)) / 2) * e),
      "the difference quotient is (J(θ + ε) − J(θ − ε)) / 2 · ε, expected (J(θ + ε) − J(θ − ε)) / 2ε",
    ],
    [(J, g, _x, t) => ratio(g(), (J(t + 1e-7) - J(t - 1e-7)) / 2e-7), "ε is 1e-7, whatever is given"],
  ])("is wrong: %#", async (check, cause) => {
    const { verdict, why } = await told(exercise, "gradient_check", file(check));
    expect(verdict).toBe("wrong");
    expect(why).toMatch(/^for a \S* ?gradient.* and ε = \S+ the difference is \S+, expected \S+: /);
    expect(why.slice(why.indexOf(": ") + 2)).toBe(cause);
  });

  it.each<[Check, string]>([
    [
      (J, _g, x, t, e) => ratio(x, (J(t + e) - J(t - e)) / (2 * e)),
      "it finds no planted bug: backward_propagation(x, theta) is not called",
    ],
    [(J, g, x, t, e) => Number(right(J, g, x, t, e)) < 1e-7, "difference is true, expected a number"],
    [() => undefined, "difference is undefined, expected a number"],
  ])("is wrong where it finds nothing, or tells nothing: %#", async (check, said) => {
    expect(await told(exercise, "gradient_check", file(check))).toMatchObject({ verdict: "wrong", why: said });
  });

  it("is judged alone: the other two may be wrong, or not there", async () => {
    const broken = (own: Own) => ({ ...file(right)(own), forward_propagation: () => 0, backward_propagation: () => 7 });
    expect((await told(exercise, "gradient_check", broken)).verdict).toBe("correct");
    const alone = (own: Own) => ({ gradient_check: file(right)(own).gradient_check });
    expect((await told(exercise, "gradient_check", alone)).verdict).toBe("correct");
  });
});
