/**
 * Turns one function in the linear form of WebAssembly's text format into a module that exports it as `run`, working
 * on an imported shared memory. Only what the kernels need: parameters and locals by name, `block`, `loop`, `if`,
 * branches by name. Binary format: WebAssembly core specification 2.0, chapter 5.
 */
export interface WasmFunction {
  readonly params: readonly string[];
  /** Name to type; parameters are i32. */
  readonly locals: Readonly<Record<string, "i32" | "f64">>;
  /** Functions of doubles that give a double, by name: how many they take. */
  readonly imports: Readonly<Record<string, number>>;
  /** Instructions separated by white space; `;` begins a comment. The function gives an f64. */
  readonly code: string;
}

const opcodes: Readonly<Record<string, readonly number[]>> = {
  unreachable: [0x00],
  end: [0x0b],
  else: [0x05],
  return: [0x0f],
  "i32.load": [0x28, 2, 0],
  "i32.load+4": [0x28, 2, 4],
  "f64.load": [0x2b, 3, 0],
  "i32.store": [0x36, 2, 0],
  "f64.store": [0x39, 3, 0],
  "i32.lt_u": [0x49],
  "i32.ge_u": [0x4f],
  "f64.eq": [0x61],
  "f64.lt": [0x63],
  "f64.gt": [0x64],
  "i32.ctz": [0x68],
  "i32.add": [0x6a],
  "i32.sub": [0x6b],
  "i32.and": [0x71],
  "i32.or": [0x72],
  "i32.shl": [0x74],
  "i32.shr_u": [0x76],
  "f64.floor": [0x9c],
  "f64.add": [0xa0],
  "f64.sub": [0xa1],
  "f64.mul": [0xa2],
  "f64.div": [0xa3],
  "f64.neg": [0x9a],
  "f64.convert_i32_u": [0xb8],
};
const withLocal: Readonly<Record<string, number>> = { "local.get": 0x20, "local.set": 0x21, "local.tee": 0x22 };
const withLabel: Readonly<Record<string, number>> = { br: 0x0c, br_if: 0x0d };
const opening: Readonly<Record<string, number>> = { block: 0x02, loop: 0x03, if: 0x04 };
const types = { i32: 0x7f, f64: 0x7c };

export function assembleWasm(wanted: WasmFunction): Uint8Array<ArrayBuffer> {
  const imports = Object.entries(wanted.imports);
  const f64s = (count: number) => new Array<number>(count).fill(types.f64);
  const signature = (params: number[]) => [0x60, ...vector(params.map((type) => [type])), 1, types.f64];
  const ownType = signature(wanted.params.map(() => types.i32));
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [ownType, ...imports.map(([, count]) => signature(f64s(count)))]),
    ...section(2, [
      // Shared, with a maximum of 65,536 pages of 64 KiB.
      [...text("host"), ...text("memory"), 0x02, 0x03, ...unsigned(1), ...unsigned(65536)],
      ...imports.map(([name], n) => [...text("host"), ...text(name), 0x00, ...unsigned(n + 1)]),
    ]),
    ...section(3, [[0]]),
    ...section(7, [[...text("run"), 0x00, ...unsigned(imports.length)]]),
    ...section(10, [body(wanted)]),
  ]);
}

function body(wanted: WasmFunction): number[] {
  const locals = Object.entries(wanted.locals);
  const names = [...wanted.params, ...locals.map(([name]) => name)];
  const imports = Object.keys(wanted.imports);
  const words = wanted.code
    .replaceAll(/;.*$/gmu, "")
    .split(/\s+/u)
    .filter((word) => word !== "");
  const bytes: number[] = [];
  const open: string[] = [];
  const find = (list: readonly string[], name: string): number => {
    const index = list.indexOf(name);
    if (index < 0) throw new RangeError(`assembleWasm: nothing is called "${name}"`);
    return index;
  };
  for (let w = 0; w < words.length; w++) {
    const word = words[w]!;
    const operand = words[w + 1] ?? "";
    if (word in opcodes) {
      bytes.push(...opcodes[word]!);
      if (word === "end") open.shift();
      continue;
    }
    w++;
    if (word in withLocal) bytes.push(withLocal[word]!, ...unsigned(find(names, operand)));
    else if (word in withLabel) bytes.push(withLabel[word]!, ...unsigned(find(open, operand)));
    else if (word === "call") bytes.push(0x10, ...unsigned(find(imports, operand)));
    else if (word === "i32.const") bytes.push(0x41, ...signed(Number(operand)));
    else if (word === "f64.const") bytes.push(0x44, ...new Uint8Array(Float64Array.of(Number(operand)).buffer));
    else if (word in opening) {
      bytes.push(opening[word]!, 0x40);
      open.unshift(operand);
    } else throw new RangeError(`assembleWasm: "${word}" is not an instruction`);
  }
  const declared = vector(locals.map(([, type]) => [1, types[type]]));
  const all = [...declared, ...bytes, 0x0b];
  return [...unsigned(all.length), ...all];
}

function section(id: number, items: number[][]): number[] {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: number[][]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): number[] {
  const bytes = [...new TextEncoder().encode(name)];
  return [...unsigned(bytes.length), ...bytes];
}

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  do {
    const low = left & 0x7f;
    left >>>= 7;
    bytes.push(left === 0 ? low : low | 0x80);
  } while (left !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (;;) {
    const low = left & 0x7f;
    left >>= 7;
    if ((left === 0 && (low & 0x40) === 0) || (left === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
