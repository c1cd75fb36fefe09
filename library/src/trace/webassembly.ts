// The part of the WebAssembly JavaScript interface that the kernels use. Its types come with a browser's library,
// whose hundreds of other globals Node does not have.

export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

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
      imports: { host: Record<string, WasmMemory | ((...values: number[]) => number)> },
    ) => { readonly exports: Record<string, (...values: number[]) => number> };
  };
}

const { WebAssembly: host } = globalThis as unknown as Host;

export const { Memory, Module, Instance } = host;
