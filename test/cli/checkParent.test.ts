import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/app.js";
import { decodeArray, encodeArray } from "../../src/node/wireArray.js";
import { TestContext } from "./testContext.js";

interface Told {
  readonly do: string;
  readonly [key: string]: unknown;
}

/** What the parent writes for each line it reads; undefined closes its end. */
type Answer = (request: Told) => unknown;

/** Runs `gradproof check --stdio` with a parent that answers so. */
async function asked(answer: Answer, ...flags: string[]) {
  const context = new TestContext();
  const stdin = new PassThrough();
  const told: Told[] = [];
  const write = (text: string): void => {
    for (const line of text.trimEnd().split("\n")) {
      const request: Told = JSON.parse(line);
      told.push(request);
      if (["progress", "report", "failed"].includes(request.do)) continue;
      const given = answer(request);
      if (given === undefined) stdin.end();
      else setImmediate(() => stdin.write(`${typeof given === "string" ? given : JSON.stringify(given)}\n`));
    }
  };
  const process = { ...context.process, stdin, stdout: { write } };
  const exitCode = await runCli(["check", "--stdio", ...flags], Object.assign(context, { process }));
  return { exitCode, told, last: told.at(-1), stderr: context.stderr };
}

/** J = Σ w², of a w of shape (2, 3) in bytes and a b as lists. */
const sound: Answer = ({ do: what, parameters }) => {
  if (what === "hello") return { protocol: 2 };
  const shape = [2, 3];
  if (what === "parameters") {
    const w = { shape, dtype: "float64", data: Float64Array.of(1, 2, 3, 4, 5, 6) } as const;
    return { protocol: 2, parameters: { w: encodeArray(w, "npy"), b: [0.5] } };
  }
  const { w, b } = parameters as { w: unknown; b: readonly number[] };
  const given = decodeArray("w", w);
  if (what === "cost") return given.data.reduce((J, x) => J + x * x, b[0] ** 2);
  const dw = { ...given, data: given.data.map((x) => 2 * x) };
  return { dw: encodeArray(dw, "npy"), db: [2 * b[0]] };
};
const except =
  (request: string, answer: Answer): Answer =>
  (told) =>
    told.do === request ? answer(told) : sound(told);

describe("gradproof check --stdio", () => {
  it("greets, asks and reports on its standard output, and ends with check's exit code", async () => {
    const { exitCode, told, last, stderr } = await asked(sound);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(told[0]).toEqual({ do: "hello", gradproof: expect.stringMatching(/^\d+\.\d+\.\d+/), protocol: 2 });
    expect(told[1]).toEqual({ do: "parameters" });
    expect(told.some(({ do: what }) => what === "progress")).toBe(true);
    expect(last).toMatchObject({
      do: "report",
      report: { verdict: "correct", blocks: [{ name: "w", shape: [2, 3] }, {}] },
    });
    expect(last?.text).toMatch(/^gradient check {3}2 blocks, 7 parameters/);
    expect(last).not.toHaveProperty("html");
  });

  it("sends each array in the form in which it came, bytes as float64", async () => {
    const { told } = await asked(sound);
    const { parameters } = told.find(({ do: what }) => what === "cost") as {
      parameters: { w: unknown; b: unknown };
    } & Told;
    const { form, shape, dtype } = decodeArray("w", parameters.w);
    expect([form, shape, dtype, parameters.b]).toEqual(["npy", [2, 3], "float64", [0.5]]);
  });

  it("ends with 1 where the gradient is wrong, and gives a fragment of HTML where it is asked for", async () => {
    const wrong = except("gradients", (told) => ({ ...(sound(told) as object), db: [3] }));
    const { exitCode, last } = await asked(wrong, "--html", "-");
    expect(exitCode).toBe(1);
    expect(last).toMatchObject({ report: { verdict: "wrong", mode: "directions" } });
    expect(last?.html).toMatch(/^<div class="gradproof-report"><style>.gradproof-report\{.*<\/div>$/s);
    expect(last?.html).not.toMatch(/<script|<html|<body|https?:/);
  });

  it.each<[string, Answer, RegExp]>([
    [
      "of another version",
      except("hello", () => ({ protocol: 3 })),
      /speaks version 2 of the protocol, .* version 3; bring/,
    ],
    [
      "that goes before it has greeted",
      () => undefined,
      /has closed its end of the pipe instead of answering \{"do":"hello"\}/,
    ],
    [
      "that dies",
      except("cost", () => undefined),
      /has closed its end of the pipe instead of answering \{"do":"cost"\}/,
    ],
    [
      "that answers a list",
      except("gradients", () => [1]),
      /answered "\[1\]" to \{"do":"gradients"\}; expected an object/,
    ],
    [
      "whose cost raises at the given parameters",
      except("cost", () => ({ error: "ValueError: x" })),
      /answered \{"do":"cost"\} at the given parameters with the error "ValueError: x"$/,
    ],
    [
      "that sends damaged bytes",
      except("gradients", () => ({ dw: { npy: "AAAA" }, db: [1] })),
      /answered what cannot be read: gradients\.dw: \.npy/,
    ],
    ["that lacks a gradient", except("gradients", () => ({ db: [1] })), /gradients\(\) returned nothing for w/],
  ])("tells a parent %s what was wrong, and ends with 3", async (_, answer, message) => {
    const { exitCode, last, stderr } = await asked(answer);
    expect([exitCode, last?.do, stderr]).toEqual([3, "failed", ""]);
    expect(last?.error).toMatch(message);
  });

  it("takes an error away from the given parameters for the end of the domain", async () => {
    let calls = 0;
    const { exitCode } = await asked(except("cost", (told) => (++calls === 4 ? { error: "domain" } : sound(told))));
    expect(exitCode).toBe(0);
  });

  it.each([
    [["--json"], /leave --json out/],
    [["--html", "page.html"], /--html -$/],
    [["--exec", "true"], /one of them/],
    [["file.ts"], /one of them/],
    [["--blocks", "b", "--budget", "0"], /--budget must be a whole number of at least 1, got 0/],
    [["--tolerance", "2"], /--tolerance must be .* of at most 0\.1, got 2$/],
    [["--training-steps", "few"], /--training-steps must be a whole number/],
  ])("refuses %j before it asks for anything", async (flags, message) => {
    const { exitCode, told, stderr } = await asked(sound, ...flags);
    expect([exitCode, told]).toEqual([3, []]);
    expect(stderr.trimEnd()).toMatch(message);
  });

  it("takes the flags of the check, and tells how long it takes", async () => {
    const wrong = except("gradients", (told) => ({ ...(sound(told) as object), db: [3] }));
    const { told, last } = await asked(wrong, "--blocks", "b", "--verdict-only", "--training-steps", "3");
    expect(last).toMatchObject({ report: { blocks: [{ name: "b", verdict: "wrong" }] } });
    expect(JSON.stringify(last)).not.toContain('"entries"');
    // One block, at two stages.
    expect(told.find((message) => message.do === "progress")).toMatchObject({
      ...{
        block: "b",
        blocksDone: 0,
        blocks: 2,
        costEvaluationsLeft: expect.any(Number),
        secondsLeft: expect.any(Number),
      },
    });

    const trained = await asked(sound, "--blocks", "b", "--training-steps", "3");
    expect(trained.last?.text).toContain("again after 3 steps of training");
    const short = await asked(sound, "--budget", "12");
    expect(short.exitCode).toBe(2);
    expect(short.last).toMatchObject({ report: { costEvaluations: 12, verdict: "undecided" } });
  });

  it("tells a gradient of another rank by the shapes of the bytes", async () => {
    const b = (shape: readonly number[], data: readonly number[]): unknown =>
      encodeArray({ shape, dtype: "float64", data: Float64Array.from(data) }, "npy");
    const column: Answer = ({ do: what, parameters }) => {
      if (what === "hello") return { protocol: 2 };
      if (what === "parameters") return { b: b([3, 1], [1, 2, 3]) };
      const { data } = decodeArray("b", (parameters as { b: unknown }).b);
      if (what === "cost") return data.reduce((J, x) => J + x * x, 0);
      return { db: b([3], [2 * data[0], 2 * data[1], 2 * data[2]]) };
    };
    const { exitCode, last } = await asked(column);
    expect(exitCode).toBe(1);
    expect(last?.text).toContain("db has the shape (3,), b (3, 1)");
  });

  describe("of a layer", () => {
    /** out = x w, s = Σ x², with x of shape (2, 2, 2), in bytes, and a w of lists. */
    const layer =
      (dw: (x: Float64Array, dout: number) => number, dout?: object): Answer =>
      ({ do: what, inputs, dout: given }) => {
        if (what === "hello") return { protocol: 2 };
        const shape = [2, 2, 2];
        const x = { shape, dtype: "float64", data: Float64Array.of(1, -2, 3, -4, 5, -6, 7, -8) } as const;
        if (what === "parameters")
          return { protocol: 2, layer: { inputs: { x: encodeArray(x, "npy"), w: [0.5] } }, dout };
        const { x: bytes, w } = inputs as { x: unknown; w: readonly [number] };
        const { data } = decodeArray("x", bytes);
        const out = { ...x, data: data.map((v) => v * w[0]) };
        if (what === "forward") return { out: encodeArray(out, "npy"), s: data.reduce((sum, v) => sum + v * v, 0) };
        const { out: dOut, s: ds } = given as { out: unknown; s: number };
        const derivatives = decodeArray("out", dOut).data;
        const dx = { ...x, data: data.map((v, i) => derivatives[i] * w[0] + 2 * v * ds) };
        return { dx: encodeArray(dx, "npy"), dw: [data.reduce((sum, v, i) => sum + dw(data, derivatives[i]) * v, 0)] };
      };

    it("checks every input, of several outputs, in the forms in which they came", async () => {
      const { exitCode, last } = await asked(layer((_, dout) => dout));
      expect(last).toMatchObject({
        report: {
          blocks: [
            { name: "x", shape: [2, 2, 2], verdict: "correct" },
            { name: "w", verdict: "correct" },
          ],
        },
      });
      expect(exitCode).toBe(0);
      const wrong = await asked(layer((_, dout) => 2 * dout));
      expect(wrong.last).toMatchObject({
        report: { blocks: [{ verdict: "correct" }, { name: "w", verdict: "wrong" }] },
      });
    });

    it("takes the derivatives by the outputs that it gives", async () => {
      const dout = { out: { npy: "" }, s: 3 };
      dout.out = encodeArray({ shape: [2, 2, 2], dtype: "float64", data: new Float64Array(8).fill(2) }, "npy") as never;
      const { exitCode, told } = await asked(layer((_, d) => d, dout));
      expect(exitCode).toBe(0);
      const { dout: sent } = told.find(({ do: what }) => what === "backward") as Told & {
        dout: { out: unknown; s: number };
      };
      expect([Array.from(decodeArray("out", sent.out).data), sent.s]).toEqual([[2, 2, 2, 2, 2, 2, 2, 2], 3]);
    });

    it.each<[string, Answer, RegExp]>([
      ["without inputs", except("parameters", () => ({ protocol: 2, layer: {} })), /described a layer without inputs/],
      [
        "whose forward raises",
        (told) => (told.do === "forward" ? { error: "shapes" } : layer(() => 0)(told)),
        /answered \{"do":"forward"\} at the given parameters with the error "shapes"/,
      ],
      [
        "whose backward gives a list",
        (told) => (told.do === "backward" ? [1] : layer(() => 0)(told)),
        /answered "\[1\]" to \{"do":"backward"\}; expected an object/,
      ],
    ])("%s ends with 3 and the reason", async (_, answer, message) => {
      const { exitCode, last } = await asked(answer);
      expect([exitCode, last?.do]).toEqual([3, "failed"]);
      expect(last?.error).toMatch(message);
    });
  });

  it("ends with a verdict or a reason whatever the parent writes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.nat(3), async (values, greetings) => {
        let k = 0;
        const { exitCode, last } = await asked((told) => {
          const value = k < greetings ? sound(told) : values[k - greetings];
          k++;
          // Behind whatever it says stands an answer, so that nobody waits for one.
          return value === undefined ? undefined : `${JSON.stringify(value)}\n{"error":"no more"}`;
        });
        expect(last?.do).toBe(exitCode === 3 ? "failed" : "report");
      }),
    );
  });
});
