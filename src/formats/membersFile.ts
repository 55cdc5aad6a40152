import { say, within } from "../constraint/codedError.js";
import { requireList } from "../constraint/kinds.js";
import { FormatError } from "../data/formatError.js";
import type { Checkpoint } from "../training/checkpoint.js";
import { membersFormat, requireSealed, seal, unsealed } from "./checkpointChecksum.js";
import { addParts, checkpointIn, requireIntact, serializeCheckpoint } from "./checkpointFile.js";
import { checkpointWords } from "./checkpointWords.js";
import { readSafetensors, type SafetensorsFile, type Tensor, writeSafetensors } from "./safetensors.js";

/**
 * Writes the checkpoints of several members as one safetensors file: each as `serializeCheckpoint` does, its tensors and texts
 * named `member1.theta`, … A single one makes the file that `serializeCheckpoint` makes.
 *
 * @example
 * import { type Checkpoint, dense, network, trainMembers } from "gradproof";
 * import { xor } from "gradproof/data";
 * import { parseCheckpoints, serializeCheckpoints } from "gradproof/formats";
 * const members = () =>
 *   [1, 2].map((seed) => ({
 *     network: network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed }),
 *     data: xor({ examples: 40, seed: 1 }),
 *     options: { iterations: 70, seed },
 *   }));
 * let saved: Uint8Array = new Uint8Array();
 * const save = (checkpoints: readonly Checkpoint[]): void => void (saved = serializeCheckpoints(checkpoints));
 * await trainMembers(members(), { checkpoint: { every: 40, save } });
 * const runs = await trainMembers(members(), { resume: parseCheckpoints(saved) }); // go on at step 40
 * runs.map(({ run }) => run.iterations); // => [70, 70]
 */
export function serializeCheckpoints(checkpoints: readonly Checkpoint[]): Uint8Array {
  requireList("serializeCheckpoints(): checkpoints", checkpoints);
  if (checkpoints.length === 1) return serializeCheckpoint(checkpoints[0]);
  const metadata = new Map([...unsealed(membersFormat), ["members", String(checkpoints.length)]]);
  const tensors = new Map<string, Tensor>();
  for (const [k, checkpoint] of checkpoints.entries()) addParts(checkpoint, memberPrefix(k), tensors, metadata);
  return seal(writeSafetensors({ tensors, metadata }), membersFormat);
}

/**
 * Reads the checkpoints of several members that `serializeCheckpoints` wrote, in their order; a file of one checkpoint is read as
 * a list of one.
 *
 * @throws FormatError as `parseCheckpoint` does; the message names the member
 *
 * @example
 * import { FormatError } from "gradproof";
 * import { parseCheckpoints } from "gradproof/formats";
 * let known = false;
 * try {
 *   parseCheckpoints(new Uint8Array([1, 2, 3]));
 * } catch (error) {
 *   known = error instanceof FormatError;
 * }
 * known; // => true
 */
export function parseCheckpoints(bytes: Uint8Array): Checkpoint[] {
  const file = readSafetensors(bytes);
  if (file.metadata.get("format") !== membersFormat) {
    requireIntact(bytes, file);
    return [checkpointIn(file)];
  }
  requireSealed(bytes, membersFormat);
  return membersIn(file).map((member, k) => {
    try {
      return checkpointIn(member);
    } catch (thrown) {
      throw thrown instanceof FormatError ? new FormatError(within(`member ${k + 1}`, thrown)) : thrown;
    }
  });
}

const memberPrefix = (k: number): string => `member${k + 1}.`;

/** Metadata of the file as a whole. */
const ofFile = new Set(["format", "checksum", "members"]);

/** The parts of each member, under their own names. */
function membersIn({ tensors, metadata }: SafetensorsFile): SafetensorsFile[] {
  const members = new Map<string, { tensors: Map<string, Tensor>; metadata: Map<string, string> }>();
  const partOf = (name: string) => {
    const dot = name.indexOf(".");
    const prefix = name.slice(0, dot + 1);
    const member = members.get(prefix) ?? { tensors: new Map(), metadata: new Map() };
    members.set(prefix, member);
    return { member, part: name.slice(dot + 1) };
  };
  for (const [name, tensor] of tensors) {
    const { member, part } = partOf(name);
    member.tensors.set(part, tensor);
  }
  for (const [name, text] of metadata) {
    if (ofFile.has(name)) continue;
    const { member, part } = partOf(name);
    member.metadata.set(part, text);
  }
  const inOrder = Array.from(members.keys(), (_, k) => members.get(memberPrefix(k)));
  const found = inOrder.filter((member) => member !== undefined);
  const said = metadata.get("members") ?? "none";
  if (found.length < 2 || found.length !== members.size || String(found.length) !== said) {
    throw new FormatError(within("checkpoint", say(checkpointWords, "checkpoint.members", { said })));
  }
  return found;
}
