import type { InnerLayer } from "../layer/layer.js";
import { wrapped } from "./lines.js";

const width = 110;

/** A layer as a call of this library; a layer without one is written as the plain data that it is. */
export interface LayerTypeScript<Spec> {
  /** The function that makes it. */
  readonly call: string;
  /** @param layerText the text of a layer that it holds */
  arguments(spec: Spec, layerText: (layer: InnerLayer) => string): readonly string[];
}

/**
 * A TypeScript string literal. Names come from outside: what is no visible character (controls, line ends, marks that
 * turn the direction of text, halves of pairs) is escaped, so that it can neither end the literal nor hide what it says.
 */
export function typeScriptString(text: string): string {
  let result = '"';
  for (const character of text) {
    if (character === '"' || character === "\\") result += `\\${character}`;
    else if (character === "\n") result += "\\n";
    else if (character === " " || !/[\p{C}\p{Z}]/u.test(character)) result += character;
    else result += `\\u{${character.codePointAt(0)?.toString(16)}}`;
  }
  return `${result}"`;
}

/** Plain data as a literal, over several lines where one would be too long. Keys without a value are left out. */
export function literal(value: unknown, indentation = ""): string {
  if (typeof value === "string") return typeScriptString(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) {
    if (value.every((entry) => typeof entry === "number")) return numbers(value, indentation);
    return enclosed(
      "[",
      value.map((entry) => literal(entry, `${indentation}  `)),
      "]",
      indentation,
    );
  }
  if (typeof value === "object" && value !== null)
    return enclosed("{", properties(value, indentation), "}", indentation);
  return String(value);
}

/** `key: value` for every key that has a value. */
export function properties(value: object, indentation = ""): string[] {
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `${keyText(key)}: ${literal(entry, `${indentation}  `)}`);
}

/** Parts between brackets: in one line, or one line each where that would be too long. */
export function enclosed(open: string, parts: readonly string[], close: string, indentation = ""): string {
  if (parts.length === 0) return open + close;
  const space = open.endsWith("{") ? " " : "";
  const line = `${open}${space}${parts.join(", ")}${space}${close}`;
  if (line.length + indentation.length <= width && !line.includes("\n")) return line;
  return `${open}\n${parts.map((part) => `${indentation}  ${part},\n`).join("")}${indentation}${close}`;
}

/** Numbers fill their lines. */
function numbers(values: readonly number[], indentation: string): string {
  const words = values.map((value) => literal(value));
  const line = `[${words.join(", ")}]`;
  if (line.length + indentation.length <= width) return line;
  return `[\n${wrapped(words, width - indentation.length)
    .map((text) => `${indentation}  ${text}\n`)
    .join("")}${indentation}]`;
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : typeScriptString(key);
}
