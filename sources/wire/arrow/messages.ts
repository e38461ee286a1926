import type { NumberColumn } from '../../../operators/batch.js';
import { messageOf, Problem } from '../../../operators/problem.js';
import { blockReader } from '../../arrow/block_reader.js';
import { blockOf, type Block } from '../../arrow/blocks.js';
import { memoryBytes, type Bytes } from '../../arrow/bytes.js';
import { layoutOf } from '../../arrow/layout.js';
import { dictionaryKind, messageAt, openArrow, recordBatchKind } from '../../arrow/messages.js';
import { width } from '../../arrow/numbers.js';
import type { NeededField } from '../avro/resolve.js';
import { POSITIONS_PER_MESSAGE, type BadMessage, type Message, type WireBatch, type WireLimits } from '../types.js';
import { joinSmall } from './join.js';
import { planOf, type PlanColumn } from './plan.js';

export interface ArrowMessages {
  readonly needed: readonly NeededField[];
  readonly limits: WireLimits;
}

/** A schema that was met: messages of one writer begin with the same bytes. */
interface Known {
  readonly head: Buffer;
  readonly plan: readonly PlanColumn[];
  /** Bytes of an event, in the columns needed. */
  readonly eventBytes: number;
}

const endMark = 8;

async function schemaOf(bytes: Bytes, value: Buffer, needed: readonly NeededField[]): Promise<Known> {
  const { fields, first } = await openArrow(bytes);
  const plan = planOf(layoutOf(fields), needed);
  let bits = 0;
  for (const column of plan) {
    if ('place' in column && column.place.storage !== 'null') bits += width[column.place.storage];
  }
  return { head: Buffer.from(value.subarray(0, first)), plan, eventBytes: bits / 8 };
}

/** The record batches of a stream from byte `first` on, which has to end where the message does. */
async function blocksOf(bytes: Bytes, first: number): Promise<Block[]> {
  const blocks: Block[] = [];
  for (let at = first; ;) {
    const message = await messageAt(bytes, at, bytes.size);
    if (message === undefined) {
      const rest = bytes.size - at - endMark;
      if (rest > 0) throw new Error(`${rest} bytes follow the end of its stream`);
      return blocks;
    }
    if (message.kind === recordBatchKind) blocks.push(blockOf(message));
    else if (message.kind !== dictionaryKind) throw new Error('it holds more than one schema');
    at = message.body + message.bodyLength;
  }
}

async function columnOf(bytes: Bytes, block: Block, column: PlanColumn): Promise<NumberColumn> {
  if ('fill' in column) return new Float64Array(block.length).fill(column.fill);
  if (block.nodes[2 * column.place.node] !== block.length) throw new Error('its columns differ in length');
  return (await blockReader(bytes, block).column(column.place, 0, block.length)) as NumberColumn;
}

/**
 * Decodes messages that are Arrow IPC streams (Arrow columnar format 1.5: a schema, record batches, optionally the end),
 * each on its own. Columns are views of the message's bytes where those are aligned, so they are not to be written to; null
 * is NaN, and so are integers beyond ±2^53. A message that is damaged, too large, or lacks what is needed is bad as a whole.
 * What is made of a message, expanded or copied, is at most about `limits.maxBytes`.
 */
export function arrowMessages({
  needed,
  limits,
}: ArrowMessages): (messages: readonly Message[]) => Promise<{ batches: WireBatch[]; bad: BadMessage[] }> {
  let known: Known | undefined;

  async function batchesOf({ offset, value }: Message): Promise<WireBatch[]> {
    if (value === null) throw new Error('it has no value');
    if (value.length > limits.maxBytes) throw new Error(`it has ${value.length} bytes, limit ${limits.maxBytes}`);
    const bytes = memoryBytes(value);
    if (!known?.head.equals(value.subarray(0, known.head.length))) known = await schemaOf(bytes, value, needed);
    const { head, plan, eventBytes } = known;
    const blocks = await blocksOf(bytes, head.length);
    const events = blocks.reduce((sum, { length }) => sum + length, 0);
    if (events > limits.maxEvents) throw new Error(`it has ${events} events, limit ${limits.maxEvents}`);
    if (events * eventBytes > limits.maxBytes) {
      throw new Error(`its columns take ${events * eventBytes} bytes, limit ${limits.maxBytes}`);
    }
    const batches: WireBatch[] = [];
    let place = offset * POSITIONS_PER_MESSAGE;
    for (const block of blocks) {
      if (block.length === 0) continue;
      const columns = new Map<string, NumberColumn>();
      for (const column of plan) columns.set(column.name, await columnOf(bytes, block, column));
      const position = new Float64Array(block.length);
      for (let i = 0; i < position.length; i++) position[i] = place++;
      batches.push({ length: block.length, columns, position });
    }
    return batches;
  }

  return async (messages) => {
    const batches: WireBatch[] = [];
    const bad: BadMessage[] = [];
    for (const message of messages) {
      try {
        for (const batch of await batchesOf(message)) batches.push(batch);
      } catch (thrown) {
        // A DataView throws RangeErrors at damaged metadata; a TypeError would be a mistake of ours.
        if (thrown instanceof TypeError) throw thrown;
        const what = thrown instanceof RangeError ? 'its metadata is damaged' : messageOf(thrown);
        const reason = thrown instanceof Problem ? thrown.message : `Arrow message: ${what}`;
        bad.push({ offset: message.offset, reason });
      }
    }
    return { batches: joinSmall(batches), bad };
  };
}
