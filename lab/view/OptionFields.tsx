import { type ChoiceSpec, nameOf, numbersOf, optionsOf, type Registry, type Vocabulary } from "gradproof/ops";
import { NumberField } from "./fields.js";

/** A field for each option of an operation, with the range and the number of its table. */
export function OptionFields<Operations extends Registry>({
  vocabulary,
  spec,
  name,
  of,
  onChange,
}: {
  readonly vocabulary: Vocabulary<Operations>;
  readonly spec: ChoiceSpec<Operations>;
  /** What the field of an option is called. */
  readonly name?: (option: string) => string;
  /** What they are options of, for those who do not see where they stand. */
  readonly of?: string;
  readonly onChange: (spec: ChoiceSpec<Operations>) => void;
}) {
  const type = nameOf(spec);
  const given = numbersOf(spec, vocabulary.operations);
  return (
    <NumberFields
      type={type}
      options={optionsOf(vocabulary, type)}
      given={given}
      {...(name && { name })}
      {...(of !== undefined && { of })}
      // The number is in the range that the option's own table gives.
      onChange={(key, number) => onChange({ type, ...given, [key]: number } as ChoiceSpec<Operations>)}
    />
  );
}

/** A field for each of some options; one that is not given shows its default. */
export function NumberFields({
  type,
  options,
  given,
  name = (option) => option,
  of,
  onChange,
}: {
  readonly type: string;
  readonly options: ReturnType<typeof optionsOf>;
  readonly given: Readonly<Record<string, unknown>>;
  readonly name?: (option: string) => string;
  readonly of?: string;
  readonly onChange: (key: string, value: number) => void;
}) {
  return (
    <>
      {options.map(({ key, label, option }) => {
        const value = given[key];
        return (
          <NumberField
            key={`${type} ${key}`}
            label={name(label)}
            of={of}
            value={typeof value === "number" ? value : option.default}
            constraint={option.constraint}
            onChange={(number) => onChange(key, number)}
          />
        );
      })}
    </>
  );
}

/** Names and labels of operations to choose from, by label. */
export function choicesOf<
  Operations extends Registry,
  Name extends keyof Operations & string = keyof Operations & string,
>({ words }: Vocabulary<Operations>, names: readonly Name[]): readonly (readonly [name: Name, label: string])[] {
  return names
    .map((name) => [name, words[name]?.label ?? name] as const)
    .sort(([, a], [, b]) => a.localeCompare(b, "en", { sensitivity: "base" }));
}
