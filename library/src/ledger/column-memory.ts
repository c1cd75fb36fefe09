/** Where columns stand: in memory of one thread, or in memory that several threads have. */
export type ColumnMemory = (bytes: number) => ArrayBufferLike;

export const ownMemory: ColumnMemory = (bytes) => new ArrayBuffer(bytes);
export const sharedMemory: ColumnMemory = (bytes) => new SharedArrayBuffer(bytes);
