import type { RecordWriter } from './writer.js';

/** A message that could not be read. */
export interface DeadLetter {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** In words that name no secret. */
  readonly reason: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/**
 * Puts messages aside, as they were, with headers topic, partition, offset and reason. The key names the place of the
 * message ('topic/partition/offset'): after a crash a second copy can be told, and a compacted topic keeps one. The key
 * that the message had is in the header `key`, in base64. Letters of one partition stay in their order. Resolves when
 * they are acknowledged; where letters begin anew after a crash is for the caller to know.
 * A letter is about 200 bytes larger than its message, so the topic has to take that much more than the topic read.
 */
export function deadLetters(
  writer: RecordWriter,
  topic: string,
  partitions = 1,
): (letters: readonly DeadLetter[]) => Promise<void> {
  return (letters) =>
    writer.write(
      letters.map((letter) => ({
        topic,
        partition: letter.partition % partitions,
        key: Buffer.from(`${letter.topic}/${letter.partition}/${letter.offset}`),
        value: letter.value,
        headers: {
          topic: letter.topic,
          partition: String(letter.partition),
          offset: String(letter.offset),
          reason: letter.reason,
          ...(letter.key && { key: letter.key.toString('base64') }),
        },
      })),
    );
}
