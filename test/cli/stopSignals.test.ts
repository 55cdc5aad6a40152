import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { StopSignal } from "../../src/cli/context.js";
import { StopSignals } from "../../src/cli/stopSignals.js";

/** Signals of a process that does not exist, under a clock that is set. */
function signalsOf({
  hangupIgnored = false,
  platform = "linux",
}: {
  hangupIgnored?: boolean;
  platform?: NodeJS.Platform;
}) {
  const events = new EventEmitter();
  const exits: number[] = [];
  const clock = { time: 0 };
  const source = { on: events.on.bind(events), exit: (code: number): void => void exits.push(code), platform };
  const signals = new StopSignals(source, () => clock.time, hangupIgnored);
  return { signals, events, exits, clock };
}

describe("StopSignals", () => {
  it("leaves every signal to the system until a command listens", () => {
    const { signals, events } = signalsOf({});
    expect(events.eventNames()).toEqual([]);
    signals.listen(() => undefined);
    expect(events.eventNames()).toEqual(["SIGINT", "SIGTERM", "SIGHUP"]);
  });

  it("asks at the first signal and ends the process at the second", () => {
    for (const [by, exitCode] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      const { signals, events, exits, clock } = signalsOf({});
      const asked: StopSignal[] = [];
      signals.listen((signal) => asked.push(signal));
      events.emit(by);
      expect([asked, exits]).toEqual([[by], []]);
      clock.time = 500;
      events.emit(by);
      expect([asked, exits]).toEqual([[by], [exitCode]]);
    }
  });

  it("takes a second signal within half a second for an echo, whichever it is", () => {
    const { signals, events, exits, clock } = signalsOf({});
    const asked: StopSignal[] = [];
    signals.listen((signal) => asked.push(signal));
    events.emit("SIGHUP");
    clock.time = 499;
    events.emit("SIGHUP");
    events.emit("SIGTERM");
    expect([asked, exits]).toEqual([["SIGHUP"], []]);
  });

  it("lets a command that is at its end finish writing, and tells the next one at once", () => {
    const { signals, events, exits, clock } = signalsOf({});
    const forget = signals.listen(() => expect.unreachable());
    forget();
    events.emit("SIGTERM");
    expect(exits).toEqual([]);
    const asked: StopSignal[] = [];
    signals.listen((signal) => asked.push(signal));
    expect(asked).toEqual(["SIGTERM"]);
    clock.time = 10_000;
    events.emit("SIGINT");
    expect(exits).toEqual([130]);
  });

  it("keeps ignoring SIGHUP where it was ignored at the start", () => {
    const { signals, events, exits, clock } = signalsOf({ hangupIgnored: true });
    expect(events.eventNames()).toEqual(["SIGHUP"]); // a listener, for by default it ends the process
    signals.listen(() => expect.unreachable());
    for (clock.time = 0; clock.time < 5000; clock.time += 1000) events.emit("SIGHUP");
    expect(exits).toEqual([]);
  });

  it("hears Ctrl-Break on Windows", () => {
    const { signals, events } = signalsOf({ platform: "win32" });
    signals.listen(() => undefined);
    expect(events.eventNames()).toContain("SIGBREAK");
  });
});
