import { map } from "../array/broadcast.js";
import type { Message } from "../constraint/message.js";
import { RandomState } from "../random/randomState.js";
import { given, givenAll } from "./arrays.js";
import { type CourseData, drawData, forwardPass } from "./course.js";
import { isClose, requireShape, wrongValue } from "./expect.js";
import { type FunctionJudge, type Judged, Wrong } from "./judging.js";
import { say } from "./say.js";
import type { NdArray } from "./value.js";

const examples = 12;

export const judgePredict: FunctionJudge = async (judged, seed) => {
  const random = new RandomState(seed);
  const cases = [
    [2, 10, 5, 1],
    [3, 4, 2, 1],
  ];
  for (const dims of cases) {
    const data = drawBothClasses(random, dims);
    const { A3 } = forwardPass(data.X, data.parameters);
    const expected = map(A3, (a) => (a > 0.5 ? 1 : 0));
    const got = await predicted(judged, data, seed);
    if (isClose(got.data, expected.data)) continue;
    const again = await predicted(judged, data, (seed + 1) % 2 ** 32);
    if (!isClose(got.data, again.data)) throw new Wrong(say("wrong.randomPrediction"), say("next.predictWithout"));
    const causes: Message[] = [];
    if (isClose(got.data, A3.data)) causes.push(say("mistake.probabilities"));
    else if (isClose(got.data, map(expected, (p) => 1 - p).data)) causes.push(say("mistake.inverted"));
    else if (isClose(got.data, data.Y.data)) causes.push(say("mistake.labels"));
    else if (isClose(got.data, map(expected, (p) => 2 * p - 1).data)) causes.push(say("mistake.signs"));
    const { why } = wrongValue("p", got, expected.data, causes);
    throw new Wrong(why, say("next.threshold"));
  }
  return { why: say("right.values", { cases: cases.length }) };
};

/** Data of which a network predicts both classes, none of them closely, and not those of Y. */
function drawBothClasses(random: RandomState, dims: readonly number[]): CourseData {
  for (;;) {
    const data = drawData(random, dims, examples);
    const { A3 } = forwardPass(data.X, data.parameters);
    const ones = A3.data.filter((a) => a > 0.5).length;
    const sure = A3.data.every((a) => Math.abs(a - 0.5) > 1e-6);
    if (sure && ones > 1 && ones < examples - 1) return data;
  }
}

async function predicted(judged: Judged, { X, Y, parameters }: CourseData, seed: number): Promise<NdArray> {
  const value = await judged.call([given(X), given(Y), givenAll(parameters)], { seed });
  return requireShape(judged, "p", value, [1, examples]);
}
