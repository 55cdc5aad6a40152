import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codeOf } from "../../node/fileError.js";
import { serveFolder } from "../../node/staticSite.js";
import type { CliContext } from "../context.js";
import { interruptible } from "../interrupt.js";
import type { LabFlags } from "./command.js";

/** Where the build puts the page, beside the compiled command line. */
const folder = fileURLToPath(new URL("../../lab", import.meta.url));

/** `gradproof lab`: the page on this machine, until Ctrl-C or another signal to end. */
export async function serveLab(this: CliContext, { port }: LabFlags): Promise<void> {
  if (!existsSync(`${folder}/index.html`)) {
    throw new Error(`the page is not built: ${folder} holds no index.html. In a clone, run npm run build first`);
  }
  await interruptible(this, async (signal) => {
    const site = await serveFolder(folder, port).catch((thrown: unknown) => {
      throw asked(thrown, port);
    });
    this.process.stdout.write(`The lab is open at ${site.url}\nCtrl-C closes it.\n`);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await site.close();
  });
}

/** What the system says of a port, in words. */
function asked(thrown: unknown, port: number): unknown {
  const code = codeOf(thrown);
  if (code === "EADDRINUSE") {
    return new Error(
      `port ${port} is in use, perhaps by another lab; choose one with --port, or --port 0 for any that is free`,
    );
  }
  if (code === "EACCES")
    return new Error(`port ${port} is reserved to the system; choose one of 1024 or above with --port`);
  return thrown;
}
