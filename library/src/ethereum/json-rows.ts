import { type JsonObject, JsonSplitter } from "./json-splitter.ts";
import type { OnBroken, Row } from "./row.ts";
import { type RowKind, recognise } from "./row-kind.ts";

/** Sets of fields that are remembered; files have a few. */
const shapesMax = 10_000;

interface Shape {
  readonly kind: RowKind;
  /** The names of the fields, by slot; null for a slot that is not there. */
  readonly names: readonly (string | null)[];
}

/** Rows from JSON objects: each is known by its own fields, so a file may mix kinds, as ethereum-etl's streams do. */
export class JsonRows implements Row {
  readonly splitter: JsonSplitter;
  readonly #shapes = new Map<string, Shape | null>();
  #object: JsonObject = { fields: {}, number: 0, offset: 0 };
  #shape: Shape | null = null;

  constructor(onRow: (kind: RowKind | null, row: Row) => void, onBroken: OnBroken) {
    this.splitter = new JsonSplitter((object) => {
      this.#object = object;
      this.#shape = this.#shapeOf(Object.keys(object.fields));
      onRow(this.#shape?.kind ?? null, this);
    }, onBroken);
  }

  get number(): number {
    return this.#object.number;
  }

  get offset(): number {
    return this.#object.offset;
  }

  text(slot: number): string {
    const name = this.#shape?.names[slot] ?? null;
    return name === null ? "" : fieldText(this.#object.fields[name]);
  }

  startsWith(slot: number, text: Uint8Array): boolean {
    return this.text(slot).startsWith(String.fromCharCode(...text));
  }

  words(slot: number): string {
    return this.text(slot);
  }

  #shapeOf(names: readonly string[]): Shape | null {
    const key = names.join(",");
    let shape = this.#shapes.get(key);
    if (shape === undefined) {
      const found = recognise(names);
      shape =
        found === null
          ? null
          : { kind: found.kind, names: Array.from(found.slots, (column) => (column < 0 ? null : names[column]!)) };
      if (this.#shapes.size < shapesMax) this.#shapes.set(key, shape);
    }
    return shape;
  }
}

/** As CSV would have it: nothing for null, lists of plain values with commas, what is nested as JSON. */
function fieldText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (Array.isArray(value) && value.every((entry) => typeof entry !== "object" || entry === null)) {
    return value.map(fieldText).join(",");
  }
  if (typeof value === "object") {
    return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner));
  }
  return String(value);
}
