import { messageInWords } from "../../gradcheck/network/messageInWords.js";
import type { BlockReport, ReportData } from "../../gradcheck/report.js";

/** The document of `--json`: messages in English where they are read, and as data beside them under `messages`. */
export function reportJson(report: ReportData): object {
  return {
    ...report,
    blocks: report.blocks.map(blockJson),
    notes: report.notes.map((note) => messageInWords(note)),
    messages: { notes: report.notes },
  };
}

function blockJson({ reason, explanation, entries, ...block }: BlockReport): object {
  return {
    ...block,
    ...(reason && { reason: messageInWords(reason) }),
    ...(explanation && { explanation: messageInWords(explanation) }),
    ...(entries && { entries }),
    ...((reason ?? explanation) && { messages: { ...(reason && { reason }), ...(explanation && { explanation }) } }),
  };
}
