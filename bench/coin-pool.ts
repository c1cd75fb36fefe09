/** The coins that a made chain can spend. A coin that is taken leaves its place to the newest one. */
export class CoinPool {
  count = 0;
  #txid = new Uint8Array(32 * 1024);
  #vout = new Uint32Array(1024);
  #value = new Float64Array(1024);
  #kind = new Uint8Array(1024);

  add(txid: Uint8Array, at: number, vout: number, value: number, kind: number): void {
    if (this.count === this.#vout.length) this.#grow();
    const coin = this.count++;
    for (let i = 0; i < 32; i++) this.#txid[32 * coin + i] = txid[at + i]!;
    this.#vout[coin] = vout;
    this.#value[coin] = value;
    this.#kind[coin] = kind;
  }

  /** Takes a coin: writes its outpoint (36 bytes) to `into` and returns its value and kind. */
  take(coin: number, into: Uint8Array, at: number): { value: number; kind: number } {
    const taken = { value: this.#value[coin]!, kind: this.#kind[coin]! };
    for (let i = 0; i < 32; i++) into[at + i] = this.#txid[32 * coin + i]!;
    const vout = this.#vout[coin]!;
    for (let i = 0; i < 4; i++) into[at + 32 + i] = vout >>> (8 * i);
    const last = --this.count;
    this.#txid.copyWithin(32 * coin, 32 * last, 32 * last + 32);
    this.#vout[coin] = this.#vout[last]!;
    this.#value[coin] = this.#value[last]!;
    this.#kind[coin] = this.#kind[last]!;
    return taken;
  }

  #grow(): void {
    const room = 2 * this.count;
    const [txid, vout, value, kind] = [this.#txid, this.#vout, this.#value, this.#kind];
    this.#txid = new Uint8Array(32 * room);
    this.#txid.set(txid);
    this.#vout = new Uint32Array(room);
    this.#vout.set(vout);
    this.#value = new Float64Array(room);
    this.#value.set(value);
    this.#kind = new Uint8Array(room);
    this.#kind.set(kind);
  }
}
