/**
 * The unspent coins of a chain in memory: outpoint → output id and value, on typed arrays, open addressing.
 *
 * The key is the first 16 bytes of the txid with the output's number mixed in by exclusive or, one-to-one for each
 * txid; two coins share a key by chance with a probability of about 2^-128. A slot is 7 words (28 bytes), a segment is
 * at most 85 % full and grows by half, so that an unspent coin costs 33 to 49 bytes, 40 on average: the 180 million
 * unspent coins of a full chain need about 7.2 GB. Segments grow one at a time: no pause is long, no peak is high.
 */
const slotWords = 7;
const segmentCount = 256;
const firstCapacity = 64;
const loadMax = 0.85;
/** Ids are below 2^45, values below 2^51: 13 and 19 high bits share a word. */
const valueHighBits = 19;
const two32 = 4294967296;

export class CoinIndex {
  /** Satoshi of the coin that `take` or `find` met last. */
  value = 0;
  #count = 0;
  readonly #segments: Uint32Array[] = [];
  /** Slots of each segment. */
  readonly #capacities = new Uint32Array(segmentCount).fill(firstCapacity);
  readonly #used = new Uint32Array(segmentCount);
  // The key that is being looked at, and where it was found or would go.
  #k0 = 0;
  #k1 = 0;
  #k2 = 0;
  #k3 = 0;
  #segment = 0;
  #slot = 0;

  constructor() {
    for (let s = 0; s < segmentCount; s++) this.#segments.push(new Uint32Array(firstCapacity * slotWords));
  }

  /** Unspent coins held. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of the slots. */
  get byteLength(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.byteLength, 0);
  }

  /** Adds an unspent coin. Returns -1, or where its outpoint is there already the id there, and changes nothing. */
  put(txids: DataView, at: number, vout: number, id: number, value: number): number {
    if (this.#find(txids, at, vout)) return this.#idAtSlot();
    this.#write(id, value);
    this.#count++;
    const s = this.#segment;
    this.#used[s]!++;
    if (this.#used[s]! > this.#capacities[s]! * loadMax) this.#grow(s);
    return -1;
  }

  /** Gives an outpoint that is there another id and value. */
  replace(txids: DataView, at: number, vout: number, id: number, value: number): void {
    if (this.#find(txids, at, vout)) this.#write(id, value);
  }

  /** Takes the coin of an outpoint out; its value is in {@link value}. Returns its id, or -1 where there is none. */
  take(txids: DataView, at: number, vout: number): number {
    if (!this.#find(txids, at, vout)) return -1;
    const id = this.#idAtSlot();
    this.#close();
    this.#count--;
    return id;
  }

  #find(txids: DataView, at: number, vout: number): boolean {
    const k0 = (txids.getUint32(at, true) ^ Math.imul(vout, 0x9e3779b1)) >>> 0;
    const k1 = (txids.getUint32(at + 4, true) ^ Math.imul(vout, 0x85ebca6b)) >>> 0;
    const k2 = (txids.getUint32(at + 8, true) ^ Math.imul(vout, 0xc2b2ae35)) >>> 0;
    const k3 = (txids.getUint32(at + 12, true) ^ vout) >>> 0;
    const s = k1 & (segmentCount - 1);
    const words = this.#segments[s]!;
    const capacity = this.#capacities[s]!;
    let slot = Math.floor((k0 / two32) * capacity);
    this.#k0 = k0;
    this.#k1 = k1;
    this.#k2 = k2;
    this.#k3 = k3;
    this.#segment = s;
    for (;;) {
      const w = slot * slotWords;
      if ((words[w + 4]! | words[w + 6]!) === 0) {
        this.#slot = slot;
        return false;
      }
      if (words[w] === k0 && words[w + 1] === k1 && words[w + 2] === k2 && words[w + 3] === k3) {
        this.#slot = slot;
        this.value = words[w + 5]! + (words[w + 6]! & ((1 << valueHighBits) - 1)) * two32;
        return true;
      }
      if (++slot === capacity) slot = 0;
    }
  }

  #idAtSlot(): number {
    const words = this.#segments[this.#segment]!;
    const w = this.#slot * slotWords;
    return words[w + 4]! + (words[w + 6]! >>> valueHighBits) * two32 - 1;
  }

  #write(id: number, value: number): void {
    const words = this.#segments[this.#segment]!;
    const w = this.#slot * slotWords;
    const stored = id + 1;
    words[w] = this.#k0;
    words[w + 1] = this.#k1;
    words[w + 2] = this.#k2;
    words[w + 3] = this.#k3;
    words[w + 4] = stored;
    words[w + 5] = value;
    words[w + 6] = (Math.floor(stored / two32) << valueHighBits) | Math.floor(value / two32);
  }

  /** Empties the slot and moves up those behind it that it kept from their home, so that no search ends early. */
  #close(): void {
    const s = this.#segment;
    const words = this.#segments[s]!;
    const capacity = this.#capacities[s]!;
    let hole = this.#slot;
    let slot = hole;
    for (;;) {
      if (++slot === capacity) slot = 0;
      const w = slot * slotWords;
      if ((words[w + 4]! | words[w + 6]!) === 0) break;
      const home = Math.floor((words[w]! / two32) * capacity);
      const fromHome = slot >= home ? slot - home : slot - home + capacity;
      const fromHole = slot >= hole ? slot - hole : slot - hole + capacity;
      if (fromHome < fromHole) continue;
      words.copyWithin(hole * slotWords, w, w + slotWords);
      hole = slot;
    }
    words.fill(0, hole * slotWords, (hole + 1) * slotWords);
    this.#used[s]!--;
  }

  #grow(s: number): void {
    const old = this.#segments[s]!;
    const capacity = Math.ceil(this.#capacities[s]! * 1.5);
    const words = new Uint32Array(capacity * slotWords);
    for (let w = 0; w < old.length; w += slotWords) {
      if ((old[w + 4]! | old[w + 6]!) === 0) continue;
      let slot = Math.floor((old[w]! / two32) * capacity);
      while ((words[slot * slotWords + 4]! | words[slot * slotWords + 6]!) !== 0) if (++slot === capacity) slot = 0;
      const to = slot * slotWords;
      for (let k = 0; k < slotWords; k++) words[to + k] = old[w + k]!;
    }
    this.#segments[s] = words;
    this.#capacities[s] = capacity;
  }
}
