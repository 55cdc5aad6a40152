import { describe, expect, it } from "vitest";
import { OwnTable } from "../../lab/state/ownTable.js";
import type { FromTable, ToTable } from "../../lab/worker/csvProtocol.js";
import { readTable } from "../../lab/worker/csvTable.js";

const rows = Array.from({ length: 12 }, (_, j) => `${j},${j % 2 ? "in" : "out"},${j * j}`);
const csv = `a,kind,y\n${rows.join("\n")}\n`;

/** A reader whose answers come when the test says so, in any order. */
function slowReader() {
  const answers: (() => void)[] = [];
  return {
    read: (question: ToTable): Promise<FromTable> =>
      new Promise((resolve) => answers.push(() => resolve(readTable(question)))),
    /** Answers the question of that number, counted from 0, as soon as it is asked. */
    answer: async (k: number): Promise<void> => {
      while (answers[k] === undefined) await Promise.resolve();
      answers[k]();
    },
  };
}

describe("a table of one's own", () => {
  it("predicts the column that was asked for last, though its answer comes first", async () => {
    const reader = slowReader();
    const own = new OwnTable(reader.read);
    const first = own.read({ name: "pasted", file: csv });
    await reader.answer(0);
    await first;
    expect(own.table.value?.target).toBe("y");
    const early = own.predict("kind");
    const late = own.predict("a");
    expect([own.target.value, own.busy.value]).toEqual(["a", true]);
    await reader.answer(2);
    await late;
    expect([own.table.value?.target, own.busy.value]).toEqual(["a", false]);
    await reader.answer(1);
    await early;
    expect([own.table.value?.target, own.target.value]).toEqual(["a", "a"]);
  });

  it("is busy, and shows the column that was asked for, until the table that predicts it is there", async () => {
    const reader = slowReader();
    const own = new OwnTable(reader.read);
    const first = own.read({ name: "pasted", file: csv });
    await reader.answer(0);
    await first;
    const second = own.predict("kind");
    expect([own.table.value?.target, own.target.value, own.busy.value]).toEqual(["y", "kind", true]);
    await reader.answer(1);
    await second;
    expect([own.table.value?.data.classNames, own.busy.value]).toEqual([["in", "out"], false]);
  });

  it("is the file that was chosen last, however long an earlier one takes to come from the disk", async () => {
    const own = new OwnTable(async (question) => readTable(question));
    const bytes = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text)).buffer;
    let arrive: (bytes: ArrayBuffer) => void = () => undefined;
    const onItsWay = new Promise<ArrayBuffer>((resolve) => {
      arrive = resolve;
    });
    const large = own.read({ name: "large.csv", file: onItsWay });
    await own.read({ name: "small.csv", file: Promise.resolve(bytes(csv)) });
    arrive(bytes(csv));
    await large;
    expect(own.table.value?.data.name).toBe("small.csv");
  });

  it("goes when another one is read, and says what is wrong with that", async () => {
    const own = new OwnTable(async () => ({ type: "refused", message: "line 3 has 1 column" }));
    await own.read({ name: "bad.csv", file: "a,b\n1,2\n3\n" });
    expect([own.table.value, own.problem.value, own.busy.value]).toEqual([undefined, "line 3 has 1 column", false]);
  });

  it("says of a file that cannot be read why", async () => {
    const own = new OwnTable(async (question) => readTable(question));
    await own.read({ name: "gone.csv", file: Promise.reject(new Error("the file was removed")) });
    expect([own.problem.value, own.busy.value]).toEqual(["gone.csv: the file was removed", false]);
  });
});
