/** The page: loads the model, and predicts whenever an entry of the form changes. */

import { type Cell, parseModel } from "gradproof/predict";

/** A payment to begin with, and what the page calls its columns. */
const columns = {
  amount: { label: "Amount, €", value: 420 },
  merchantCategory: { label: "Merchant", value: "electronics" },
  channel: { label: "Channel", value: "web" },
  country: { label: "Country of the merchant", value: "GB" },
  hour: { label: "Hour of the day", value: 3 },
  newDevice: { label: "New device (1 yes, 0 no)", value: 1 },
  failedLogins: { label: "Failed logins", value: 0 },
  distanceFromHomeKm: { label: "Distance from home, km", value: 1900 },
  amountToMeanRatio: { label: "Amount over the customer's mean", value: 9 },
  accountAgeDays: { label: "Age of the account, days", value: null },
  daysSinceLastPayment: { label: "Days since the last payment", value: 2 },
  paymentsLastHour: { label: "Payments in the last hour", value: 0 },
  paymentsLastDay: { label: "Payments in the last day", value: 1 },
} as const;

const response = await fetch("./model.safetensors");
if (!response.ok) throw new Error("there is no model: make one with npm run train");
const model = parseModel(new Uint8Array(await response.arrayBuffer()));

const form = found("form");
for (const [name, { label, value }] of Object.entries(columns)) {
  const rule = model.encoder?.features.find((feature) => feature.name === name);
  const field = rule?.kind === "categorical" ? selection(rule.categories) : numberField();
  field.name = name;
  field.value = value === null ? "" : String(value);
  const labelled = document.createElement("label");
  labelled.append(label, field);
  form.append(labelled);
}
form.addEventListener("input", show);
show();

function show(): void {
  const record: Record<string, Cell> = Object.fromEntries(new FormData(form as HTMLFormElement)) as Record<
    string,
    string
  >;
  for (const [name, text] of Object.entries(record)) if (text === "") record[name] = null; // a value that is missing
  const { probabilities } = model.predict(record);
  const fraud = probabilities?.["1"] ?? Number.NaN;
  const start = performance.now();
  for (let k = 0; k < 1000; k++) model.predict(record);
  const microseconds = performance.now() - start;
  found("output").textContent = `${(100 * fraud).toFixed(1)} %`;
  found("section").style.setProperty("--share", String(fraud));
  found("section").classList.toggle("suspicious", fraud > 0.2);
  found(".advice").textContent = fraud > 0.2 ? "Let someone look at it first." : "Let it pass.";
  found(".time").textContent = `A prediction takes ${microseconds.toFixed(1)} µs here.`;
}

function selection(categories: readonly (string | null)[]): HTMLSelectElement {
  const select = document.createElement("select");
  for (const category of categories) if (category !== null) select.append(new Option(category));
  return select;
}

function numberField(): HTMLInputElement {
  const input = document.createElement("input");
  input.type = "number";
  input.step = "any";
  input.placeholder = "unknown";
  return input;
}

function found(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}
