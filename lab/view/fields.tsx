import { describeRange, type NumberRange, requireNumber } from "gradproof/constraint";
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { strings } from "../strings.js";

interface FieldProps {
  readonly label: string;
  /** What it is a setting of, for those who do not see where it stands. */
  readonly of?: string | undefined;
  /** What run A has, where that is something else. */
  readonly differs?: string | undefined;
}

/** A setting with its name, and what run A has instead. */
function Field({
  id,
  label,
  of,
  differs,
  narrow,
  children,
}: FieldProps & { id: string; narrow?: boolean; children: ComponentChildren }) {
  return (
    <div class={["field", differs !== undefined && "differs", narrow && "narrow"].filter(Boolean).join(" ")}>
      <label for={id}>
        {label}
        {of !== undefined && <span class="unseen">{`, ${of}`}</span>}
      </label>
      {children}
      {differs !== undefined && <span class="other">{strings.settings.differs(differs)}</span>}
    </div>
  );
}

/** What stands in a box, the setting it is to replace, and what is wrong with it. */
interface Draft {
  readonly text: string;
  readonly of: number;
  readonly wrong: string | undefined;
}

/** A number; what is out of range is kept in the box and said beside it, and changes nothing. */
export function NumberField({
  value,
  constraint,
  onChange,
  step = "any",
  ...field
}: FieldProps & {
  readonly value: number;
  readonly constraint: NumberRange;
  readonly onChange: (value: number) => void;
  readonly step?: number | "any";
}) {
  const id = useId();
  // What is being typed outlives any drawing of the page, until it is taken or the setting becomes another one.
  const [draft, setDraft] = useState<Draft | undefined>();
  const { text, wrong } = draft?.of === value ? draft : { text: value, wrong: undefined };
  const take = (text: string): void => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    try {
      const fine = requireNumber(field.label, number, constraint);
      setDraft(undefined);
      if (fine !== value) onChange(fine);
    } catch {
      setDraft({ text, of: value, wrong: describeRange(constraint) });
    }
  };
  return (
    <Field id={id} {...field}>
      <input
        id={id}
        type="number"
        step={step}
        value={text}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        onInput={(event) => setDraft({ text: event.currentTarget.value, of: value, wrong })}
        onChange={(event) => take(event.currentTarget.value)}
      />
      {wrong !== undefined && (
        <span id={`${id}-wrong`} class="wrong" role="alert">
          {wrong}
        </span>
      )}
    </Field>
  );
}

/** A number on a slider, which is also written. */
export function SliderField({
  value,
  values,
  show,
  onChange,
  ...field
}: FieldProps & {
  readonly value: number;
  /** The values it can take, rising. */
  readonly values: readonly number[];
  readonly show: (value: number) => string;
  readonly onChange: (value: number) => void;
}) {
  const id = useId();
  let at = 0;
  for (const [k, candidate] of values.entries()) {
    if (Math.abs(candidate - value) < Math.abs(values[at] - value)) at = k;
  }
  return (
    <Field id={id} {...field}>
      <span class="slider">
        <input
          id={id}
          type="range"
          min={0}
          max={values.length - 1}
          step={1}
          value={at}
          aria-valuetext={show(value)}
          onInput={(event) => onChange(values[Number(event.currentTarget.value)])}
        />
        <output for={id}>{show(value)}</output>
      </span>
    </Field>
  );
}

/** One of several names. */
export function ChoiceField<Name extends string>({
  value,
  choices,
  onChange,
  ...field
}: FieldProps & {
  readonly value: Name;
  readonly choices: readonly (readonly [name: Name, label: string])[];
  readonly onChange: (value: Name) => void;
}) {
  const id = useId();
  return (
    <Field id={id} {...field}>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = choices.find(([name]) => name === event.currentTarget.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {choices.map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Yes or no. */
export function SwitchField({
  value,
  onChange,
  ...field
}: FieldProps & { readonly value: boolean; readonly onChange: (value: boolean) => void }) {
  const id = useId();
  return (
    <Field id={id} narrow {...field}>
      <input id={id} type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
    </Field>
  );
}
