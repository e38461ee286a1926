import { withRoom, type ColumnBuffer } from '../buffers.js';
import { decode, limitsOf, sizes, storedLimits } from './basket_values.js';
import type { EmbeddedBasket, TBranch, Values } from './branch.js';
import { jsroot, type RootFile } from './jsroot.js';

/** A basket, expanded: events first ≤ event < last, and for jagged values the byte at which each begins. */
interface Basket {
  readonly first: number;
  readonly last: number;
  readonly bytes: DataView;
  readonly limits?: Int32Array;
}

/** Reads a branch forward, basket by basket: one expanded basket is in memory at a time. */
export interface BranchReader {
  readonly copy: (from: number, to: number, buffer: ColumnBuffer) => Promise<void>;
}

const basketLimit = 1 << 28;

export function branchReader(
  path: string,
  file: RootFile,
  bytesAt: (at: number, length: number) => Promise<DataView>,
  branch: TBranch,
  values: Values,
): BranchReader {
  let current: Basket | undefined;

  function indexOf(event: number): number {
    let low = 0;
    let high = branch.fWriteBasket;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (branch.fBasketEntry[middle]! <= event) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async function load(event: number): Promise<Basket> {
    const index = indexOf(event);
    const first = branch.fBasketEntry[index]!;
    const embedded = branch.fBaskets.arr[index];
    const seek = branch.fBasketSeek[index] ?? 0;
    if (embedded?.fBufferRef && seek === 0) {
      const limits = embedded.fEntryOffset ? limitsOf(embedded.fEntryOffset, embedded) : undefined;
      return { first, last: first + embedded.fNevBuf, bytes: embedded.fBufferRef.arr, ...(limits && { limits }) };
    }
    const stored = branch.fBasketBytes[index] ?? 0;
    if (seek <= 0 || stored <= 0 || stored > basketLimit) throw new Error('no basket');
    const { TBuffer, R__unzip } = await jsroot(path);
    const raw = await bytesAt(seek, stored);
    const basket = {} as EmbeddedBasket & { fNbytes: number; fObjlen: number };
    new TBuffer(raw, 0, file).classStreamer(basket, 'TBasket');
    const { fKeylen, fObjlen, fNbytes, fNevBuf } = basket;
    if (fNbytes !== stored || !(fObjlen >= 0 && fObjlen <= basketLimit)) throw new Error('no basket');
    const bytes =
      fKeylen + fObjlen === fNbytes
        ? new DataView(raw.buffer, raw.byteOffset + fKeylen, fObjlen)
        : await R__unzip(raw, fObjlen, true, fKeylen);
    if (bytes?.byteLength !== fObjlen) throw new Error('a basket cannot be expanded');
    return { first, last: first + fNevBuf, bytes, ...(values.jagged && { limits: storedLimits(bytes, basket) }) };
  }

  function copyJagged(basket: Basket, from: number, to: number, buffer: ColumnBuffer, at: number): void {
    if (!('offsets' in buffer) || basket.limits === undefined) throw new Error('a basket has no lists');
    let used = buffer.offsets[at]!;
    for (let event = from; event < to; event++) {
      const begin = basket.limits[event - basket.first]!;
      const bytes = basket.limits[event - basket.first + 1]! - begin - values.header;
      const n = bytes / sizes[values.storage];
      if (n < 0 || !Number.isInteger(n)) throw new Error(`event ${event} has ${bytes} bytes of values`);
      if (values.header > 0 && basket.bytes.getInt32(begin + values.header - 4) !== n) {
        throw new Error(`event ${event} does not hold as many values as it states`);
      }
      decode(values.storage, basket.bytes, begin + values.header, n, withRoom(buffer, used + n), used);
      used += n;
      buffer.offsets[at + 1 + event - from] = used;
    }
  }

  function copyFixed(basket: Basket, from: number, to: number, buffer: ColumnBuffer, at: number): void {
    const { length, storage } = values;
    const begin = (from - basket.first) * length * sizes[storage];
    const n = (to - from) * length;
    if (!('offsets' in buffer)) {
      decode(storage, basket.bytes, begin, n, buffer, at);
      return;
    }
    decode(storage, basket.bytes, begin, n, withRoom(buffer, (at + to - from) * length), at * length);
    for (let i = 0; i < to - from; i++) buffer.offsets[at + i + 1] = (at + i + 1) * length;
  }

  async function copy(from: number, to: number, buffer: ColumnBuffer): Promise<void> {
    for (let event = from; event < to;) {
      if (current === undefined || event < current.first || event >= current.last) current = await load(event);
      if (event < current.first || event >= current.last) throw new Error(`no basket holds event ${event}`);
      const end = Math.min(to, current.last);
      (values.jagged ? copyJagged : copyFixed)(current, event, end, buffer, event - from);
      event = end;
    }
  }
  return { copy };
}
