import type { NumericColumn } from "./table.js";

/** Fewer rows say nothing of what a column is. */
const fewestRows = 10;

/** `id`, `customer_id`, `PassengerId`, `row no`. */
const named = /(?:^|[^a-z])(?:id|ids|uuid|no|nr|index|key)$|[a-z](?:Id|ID|No|Nr)$/;

/** Whether a column of numbers names its rows: whole numbers, all of them different, that count the rows or are called an identifier. */
export function isIdentifier({ name, values }: NumericColumn): boolean {
  if (values.length < fewestRows || !values.every(Number.isInteger)) return false;
  const [first] = values;
  if ((first === 0 || first === 1) && values.every((value, i) => value === first + i)) return true;
  return (named.test(name) || named.test(name.toLowerCase())) && new Set(values).size === values.length;
}
