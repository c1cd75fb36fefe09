// The part of the WebAssembly JavaScript interface that the kernels use. Its types come with a browser's library,
// whose hundreds of other globals Node does not have.

export interface WasmMemory {
  /** Another one each time the memory has grown; those before stay usable as far as they reach. */
  readonly buffer: SharedArrayBuffer;
  /** By pages. */
  grow(pages: number): number;
}

export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

export type WasmFunction = (...values: number[]) => number;

interface Host {
  WebAssembly: {
    /** Pages of 64 KiB. */
    Memory: new (size: {
      initial: number;
      maximum: number;
      shared: true;
    }) => WasmMemory;
    Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
    Instance: new (
      module: WasmModule,
      imports: Record<string, Record<string, WasmMemory | WasmFunction>>,
    ) => { readonly exports: Record<string, WasmFunction> };
  };
}

const { WebAssembly: host } = globalThis as unknown as Host;

export const { Memory, Module, Instance } = host;

/** A module from the text that tools/build-kernels.ts wrote. */
export function moduleOf(base64: string): WasmModule {
  return new Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}
