/** The bounds of a range, as far as it has any. */
interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly above?: number | undefined;
  readonly below?: number | undefined;
}

interface Given extends Bounds {
  /** The option, as its caller knows it: `dense(): units`. */
  readonly where: string;
  readonly given: string;
}

/** What is said of options that do not fit, in English. */
export const constraintWords = {
  "option.number": ({ where, given, ...bounds }: Given) => needs(where, rangeInWords("a finite number", bounds), given),
  "option.wholeNumber": ({ where, given, ...bounds }: Given) =>
    needs(where, rangeInWords("a whole number", bounds), given),
  "option.name": ({
    where,
    given,
    known,
    near,
  }: {
    where: string;
    given: string;
    known: readonly string[];
    near?: string | undefined;
  }) => needs(where, `one of ${known.join(", ")}`, given) + (near === undefined ? "" : ` (did you mean ${near}?)`),
  "option.object": ({ where, given }: { where: string; given: string }) => `${where} must be an object, got ${given}`,
  "option.unknown": ({
    where,
    key,
    known,
    near,
  }: {
    where: string;
    key: string;
    known: readonly string[];
    near?: string | undefined;
  }) =>
    `${where}: unknown option ${JSON.stringify(key)} ` +
    `(${near === undefined ? `known: ${known.join(", ")}` : `did you mean ${near}?`})`,
};

/** What is not there is missing; a text that says so is shown in quotes. */
function needs(where: string, expected: string, given: string): string {
  return given === "undefined"
    ? `${where} is missing; expected ${expected}`
    : `${where} must be ${expected}, got ${given}`;
}

/** A range in words: `a whole number above 0 and of at most 1`. */
export function rangeInWords(what: string, { above, min, below, max }: Bounds): string {
  const bounds = [
    ["above", above],
    ["of at least", min],
    ["below", below],
    ["of at most", max],
  ];
  const said = bounds.filter(([, bound]) => bound !== undefined).map((bound) => bound.join(" "));
  return [what, said.join(" and ")].filter(Boolean).join(" ");
}
