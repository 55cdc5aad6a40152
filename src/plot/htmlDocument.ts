import { Markup, markup, type Part } from "./markup.js";
import { PAGE_STYLE } from "./pageStyle.js";

/**
 * One HTML page that needs nothing else: style and pictures are inside, there is no script, and its policy forbids it any
 * request.
 */
export function htmlDocument(title: string, ...body: readonly Part[]): string {
  const style = new Markup(PAGE_STYLE);
  return markup`<!doctype html>
<html lang="en" class="gradproof">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="gradproof">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`.source;
}
