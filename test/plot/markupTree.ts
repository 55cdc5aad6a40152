/** An element of a parsed document. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const VOID = new Set(["meta", "link"]);
const RAW_TEXT = new Set(["style", "script"]);

/**
 * A strict reader of the XML that charts are and the HTML that reports are: every tag balanced, every attribute quoted and named
 * once, every `<`, `>` and `&` in text escaped. Throws with the place of the first fault.
 */
export function parseMarkup(source: string): Element {
  const root: Element = { name: "#root", attributes: new Map(), children: [] };
  const open = [root];
  let at = source.startsWith("<!doctype html>") ? "<!doctype html>".length : 0;
  const fail = (message: string): never => {
    throw new Error(`${message} at ${at}: …${source.slice(at, at + 60)}`);
  };
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) at += match[0].length;
    return match;
  };
  while (at < source.length) {
    const top = open[open.length - 1];
    if (RAW_TEXT.has(top.name)) {
      const end = source.indexOf(`</${top.name}>`, at);
      if (end < 0) fail(`${top.name} is not closed`);
      top.children.push(source.slice(at, end));
      at = end;
    }
    const text = next(/[^<]+/y);
    if (text) {
      top.children.push(unescaped(text[0], fail));
      continue;
    }
    const closing = next(/<\/([A-Za-z][\w-]*)>/y);
    if (closing) {
      if (closing[1] !== top.name) fail(`</${closing[1]}> closes <${top.name}>`);
      open.pop();
      continue;
    }
    const opening = next(/<([A-Za-z][\w-]*)/y) ?? fail("stray <");
    const attributes = new Map<string, string>();
    for (let pair = next(/\s+([A-Za-z][\w:-]*)="([^"<]*)"/y); pair; pair = next(/\s+([A-Za-z][\w:-]*)="([^"<]*)"/y)) {
      if (attributes.has(pair[1])) fail(`attribute ${pair[1]} twice`);
      attributes.set(pair[1], unescaped(pair[2], fail));
    }
    const end = next(/\s*(\/?)>/y) ?? fail(`<${opening[1]} does not end`);
    const element: Element = { name: opening[1], attributes, children: [] };
    top.children.push(element);
    if (end[1] === "" && !VOID.has(element.name)) open.push(element);
  }
  if (open.length > 1) fail(`<${open[open.length - 1].name}> is not closed`);
  return root;
}

function unescaped(text: string, fail: (message: string) => never): string {
  if (text.includes(">")) fail("stray >");
  return text.replace(/&(\w+|#\d+);|&/g, (entity, name) => {
    const character = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" }[String(name)];
    return character ?? fail(`stray ${entity}`);
  });
}

/** Every element below, in document order, that passes. */
export function all(element: Element, test: (element: Element) => boolean): Element[] {
  return element.children.flatMap((child) =>
    typeof child === "string" ? [] : [...(test(child) ? [child] : []), ...all(child, test)],
  );
}

/** Every element below of that name and, if given, that class. */
export function named(element: Element, name: string, className?: string): Element[] {
  return all(
    element,
    (child) =>
      child.name === name &&
      (className === undefined || (child.attributes.get("class") ?? "").split(" ").includes(className)),
  );
}

/** All text below. */
export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

/** A numeric attribute. */
export function numberOf(element: Element, name: string): number {
  return Number(element.attributes.get(name) ?? Number.NaN);
}
