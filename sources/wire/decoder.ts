import { arrowMessages } from './arrow/messages.js';
import { avroMessages, type AvroMessages } from './avro/messages.js';
import type { BadMessage, Message, WireBatch, WireDecoder } from './types.js';

type Encoding = 'arrow' | 'avro';

/** The encoding that the first bytes tell, or why the message cannot be read. */
function encodingOf({ value }: Message, maxBytes: number): { encoding: Encoding } | { reason: string } {
  if (value === null) return { reason: 'message has no value' };
  if (value.length === 0) return { reason: 'message is empty' };
  if (value.length > maxBytes) return { reason: `message has ${value.length} bytes, limit ${maxBytes}` };
  if (value[0] === 0 || (value[0] === 0xc3 && value[1] === 0x01)) return { encoding: 'avro' };
  if (value.length >= 4 && value.readUInt32LE(0) === 0xffffffff) return { encoding: 'arrow' };
  const first = value.toString('hex', 0, 4);
  return {
    reason: `message begins with ${first}, which is neither Avro (c301, 00) nor an Arrow IPC stream (ffffffff)`,
  };
}

/**
 * Decodes messages of one partition, of any encoding, in the order of the log: neighbours of one encoding go to its decoder together. `bad` is
 * in the order of the log as well. What Avro throws at once (a known schema that lacks what is needed, a registry that does
 * not answer) is thrown here too.
 */
export function wireDecoder(options: AvroMessages): WireDecoder {
  const decoders = { arrow: arrowMessages(options), avro: avroMessages(options) };
  const { maxBytes } = options.limits;

  const decode: WireDecoder['decode'] = async (messages) => {
    const batches: WireBatch[] = [];
    const bad: BadMessage[] = [];
    let run: Message[] = [];
    let current: Encoding = 'avro';
    const flush = async (): Promise<void> => {
      if (run.length === 0) return;
      const read = await decoders[current](run);
      for (const batch of read.batches) batches.push(batch);
      for (const each of read.bad) bad.push(each);
      run = [];
    };
    for (const message of messages) {
      const found = encodingOf(message, maxBytes);
      if ('reason' in found) {
        bad.push({ offset: message.offset, reason: found.reason });
        continue;
      }
      if (found.encoding !== current) await flush();
      current = found.encoding;
      run.push(message);
    }
    await flush();
    bad.sort((a, b) => a.offset - b.offset);
    return { batches, bad };
  };
  return { decode };
}
