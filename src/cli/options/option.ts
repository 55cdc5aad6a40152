import type { NumberOption } from "../../ops/choice.js";
import type { RunConfiguration } from "./runConfiguration.js";

/** An option's value as plain data, which files of 0.1 and journals of sweeps hold. */
export type Plain = number | string | boolean | readonly number[] | readonly string[];

/** Where in a configuration a value lies. */
export interface Place<T> {
  /** Undefined where the configuration does not say, or cannot say it in this way. */
  get(configuration: RunConfiguration): T | undefined;
  /**
   * @param given names of the options that are set together; those of a choice's numbers, as `init.scale`, among them
   * @throws OptionError for a value that does not fit the rest
   */
  set(configuration: RunConfiguration, value: T, given: ReadonlySet<string>): RunConfiguration;
}

/** One row of the table of options: a flag, its help, its key in a sweep, and its place in a configuration. */
export interface Option<T> extends Place<T> {
  readonly brief: string;
  readonly placeholder: string;
  /** @throws OptionError naming the flag */
  fromText(flag: string, text: string): T;
  /** @throws OptionError beginning with `where` */
  fromPlain(where: string, value: unknown): T;
  toPlain(value: T): Plain;
  /** How a sweep may search it: by lists, or also by ranges, of whole numbers or of any. Left out: not at all. */
  readonly search?: "list" | "whole" | "any" | undefined;
  /** Whether a value is a list. After `--search`, where commas separate values to try, dashes separate its parts. */
  readonly isList?: boolean;
  /** Whether the flag takes no value, but has a `--no-` of its own. */
  readonly isSwitch?: boolean;
  /** The option that says the same in another way: not both can be given. */
  readonly instead?: string;
  /** Of a choice of operations: their numbers, which a sweep can search one by one. */
  readonly numbers?: ChoiceNumbers;
}

/** Numbers of the operations that an option chooses among. */
export interface ChoiceNumbers {
  /** By name, of any of the operations. */
  readonly options: Readonly<Record<string, NumberOption>>;
  /**
   * @param given names of the options that are set together
   * @throws OptionError where no operation that is chosen takes it, it is out of its range, or one that is given has it
   */
  set(configuration: RunConfiguration, key: string, value: number, given: ReadonlySet<string>): RunConfiguration;
}

/** Where a key of one part of the configuration lies. */
export function inPart<Part extends "data" | "network" | "training", Key extends keyof RunConfiguration[Part]>(
  part: Part,
  key: Key,
): Place<NonNullable<RunConfiguration[Part][Key]>> {
  return {
    get: (configuration) => configuration[part][key] ?? undefined,
    set: (configuration, value) => ({ ...configuration, [part]: { ...configuration[part], [key]: value } }),
  };
}
