import type { Message } from "../../../src/constraint/message.js";
import type { Verdict } from "../../../src/gradcheck/report.js";
import { RandomStream } from "../../../src/random/streams.js";
import { patterns } from "../bugs.js";
import { familyNamed } from "./families.js";
import type { Bug } from "./family.js";

/** What the check made of a case of a family. */
export interface FamilyOutcome {
  readonly family: string;
  readonly index: number;
  readonly kind: string;
  /** Name of what is wrong with the gradient. */
  readonly bug: string | undefined;
  readonly verdict: Verdict;
  /** Whether an undecided block says why. */
  readonly reasoned: boolean;
  /** Of a bug that was caught: whether its cause is among those named, none is named, or others only. */
  readonly cause: "right" | "unknown" | "wrong" | undefined;
  readonly blocks: number;
  readonly wrongBlocks: number;
  readonly costEvaluations: number;
}

/** Checks the case of an index: the same on every machine, whatever was drawn before. */
export async function judgeFamily(seed: number, index: number, name: string): Promise<FamilyOutcome> {
  const family = familyNamed(name);
  const { kind, bug, check } = family.draw(new RandomStream(seed, "data", 16, index));
  const { verdict, blocks, costEvaluations } = await check({ seed: index });
  const explanations = blocks.flatMap(({ explanation }) => (explanation === undefined ? [] : [explanation]));
  return {
    family: family.name,
    index,
    kind,
    bug: bug?.name,
    verdict,
    reasoned: blocks.every((block) => block.verdict !== "undecided" || block.reason !== undefined),
    cause: verdict === "wrong" && bug !== undefined ? judged(bug, explanations) : undefined,
    blocks: blocks.length,
    wrongBlocks: blocks.filter((block) => block.verdict === "wrong").length,
    costEvaluations,
  };
}

/** One explanation that is right serves; of several that are sure, none may be wrong. What the numbers look like is no cause. */
function judged({ causes = [] }: Bug, explanations: readonly Message[]): FamilyOutcome["cause"] {
  const isRight = (explanation: Message): boolean =>
    sentencesOf(explanation).some(({ id, numbers }) =>
      causes.some(
        (cause) =>
          cause.id === id && Object.entries(cause.numbers ?? {}).every(([name, value]) => isNear(numbers[name], value)),
      ),
    );
  const isSure = (explanation: Message): boolean =>
    explanation.id !== "cause.unknown" &&
    !sentencesOf(explanation).some(({ id }) => patterns.some((pattern) => pattern === id));
  if (explanations.some((explanation) => isSure(explanation) && !isRight(explanation))) return "wrong";
  return explanations.some(isRight) ? "right" : "unknown";
}

function isNear(said: number | undefined, value: number): boolean {
  return said !== undefined && Math.abs(said - value) <= 1e-3 * Math.abs(value);
}

/** A message and all within it. */
function sentencesOf(message: Message): Message[] {
  return [
    message,
    ...Object.values(message.parts ?? {})
      .flat()
      .flatMap(sentencesOf),
  ];
}
