import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { parseCsv } from "../../src/data/readers/csv.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { predictTable } from "../../src/formats/predictModel.js";
