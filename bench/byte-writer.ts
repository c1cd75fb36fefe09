/** Writes numbers and bytes one after another into a buffer that grows. */
export class ByteWriter {
  bytes = new Uint8Array(1 << 20);
  at = 0;

  room(size: number): void {
    if (this.at + size <= this.bytes.length) return;
    const longer = new Uint8Array(2 * (this.at + size));
    longer.set(this.bytes.subarray(0, this.at));
    this.bytes = longer;
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.at++] = value;
  }

  uint32(value: number): void {
    this.room(4);
    const { bytes, at } = this;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
    this.at += 4;
  }

  /** @param value a whole number below 2^53 */
  uint64(value: number): void {
    this.uint32(value % 0x1_0000_0000);
    this.uint32(Math.floor(value / 0x1_0000_0000));
  }

  compactSize(value: number): void {
    if (value < 0xfd) {
      this.byte(value);
      return;
    }
    this.byte(value <= 0xffff ? 0xfd : 0xfe);
    this.byte(value & 0xff);
    this.byte((value >>> 8) & 0xff);
    if (value > 0xffff) {
      this.byte((value >>> 16) & 0xff);
      this.byte(value >>> 24);
    }
  }

  copy(from: Uint8Array, offset: number, size: number): void {
    this.room(size);
    const { bytes, at } = this;
    for (let i = 0; i < size; i++) bytes[at + i] = from[offset + i]!;
    this.at += size;
  }
}
