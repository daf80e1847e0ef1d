/** What a worker has of what a condition asks for, as data and in words, made together. */
import type { Message } from "../errors.ts";
import { factLabel, noneOnRecord, valueLabel } from "./operators/labels.ts";
import type { Person } from "./person.ts";

export interface Found {
  /** Text, number, boolean, or an object of these by fact or year; null is unknown. */
  readonly value: unknown;
  readonly words: Message;
}

/** What a term puts into a record that it shares with others. */
export interface Field {
  /** The fact or the year it stands under; undefined for the years on record, whichever they are. */
  readonly name: string | undefined;
  show(person: Person, record: FoundRecord): void;
}

/** Several things found, each under its name. */
export class FoundRecord {
  readonly value: Record<string, unknown> = {};
  #zh = "";
  #en = "";

  /** `label`: the name in words with its colon. */
  add(name: string, label: Message, value: unknown, words: Message): void {
    this.value[name] = value;
    this.#zh = this.#zh === "" ? label.zh + words.zh : `${this.#zh}，${label.zh}${words.zh}`;
    this.#en = this.#en === "" ? label.en + words.en : `${this.#en}, ${label.en}${words.en}`;
  }

  get words(): Message {
    return this.#zh === "" ? noneOnRecord : { zh: this.#zh, en: this.#en };
  }
}

/** A fact, or what counts of it, as a field. */
export function factField(fact: string, read: (person: Person) => unknown): Field {
  const { zh, en } = factLabel(fact);
  const label = { zh: `${zh}：`, en: `${en}: ` };
  return {
    name: fact,
    show(person, record) {
      const value = read(person);
      record.add(fact, label, value, valueLabel(fact, value));
    },
  };
}

const isYear = ({ name }: Field) => name === undefined || /^\d+$/.test(name);

/** Fields of several terms as those of one: years first and in order; of the same name the last one counts. */
export function joinFields(fields: readonly Field[]): Field[] {
  const joined = [...new Map(fields.map((field) => [field.name ?? field, field])).values()];
  const years = joined.filter(isYear).sort((a, b) => Number(a.name ?? 0) - Number(b.name ?? 0));
  return [...years, ...joined.filter((field) => !isYear(field))];
}

/** All fields as one thing found. */
export function showAll(fields: readonly Field[], person: Person): Found {
  const record = new FoundRecord();
  for (const field of fields) field.show(person, record);
  return { value: record.value, words: record.words };
}
