import type { NumberColumn } from '../../operators/batch.js';

/** The position of an event in a message is the message's offset times this, plus its place in the message. */
export const POSITIONS_PER_MESSAGE = 2 ** 16;

/** Columns that name an event where its identity is not one column: the key's two words, and its position in the source. */
export const WIRE_KEY = ['regimewatch_key_lo', 'regimewatch_key_hi'] as const;
export const WIRE_POSITION = 'regimewatch_position';

/** A column as messages carry it. */
export interface WireField {
  readonly name: string;
  readonly type: 'float' | 'double' | 'int' | 'long';
  /** Of what is needed: a message may lack it, and then the batch has no such column. */
  readonly optional?: boolean;
}

/** Events of several messages, in the order of the log. */
export interface WireBatch {
  readonly length: number;
  readonly columns: ReadonlyMap<string, NumberColumn>;
  /** By POSITIONS_PER_MESSAGE: a name for an event that has no other. */
  readonly position: Float64Array;
}

/** A message that could not be read, and why in words that name no secret and no memory address. */
export interface BadMessage {
  readonly offset: number;
  readonly reason: string;
}

export interface Message {
  readonly offset: number;
  readonly value: Buffer | null;
}

/**
 * Messages into columns. The first bytes tell the encoding: C3 01 Avro single-object, 00 Confluent framing, FF FF FF FF
 * an Arrow IPC stream. A message that cannot be read is among `bad`, and none of its events is in a batch. Batches hold
 * the events of one encoding and one schema each, in the order of the log.
 */
export interface WireDecoder {
  readonly decode: (messages: readonly Message[]) => Promise<{ batches: WireBatch[]; bad: BadMessage[] }>;
}

export interface WireLimits {
  /** Larger messages are bad. */
  readonly maxBytes: number;
  /** Most events of an Arrow message, 2^16 at most. */
  readonly maxEvents: number;
}

export const WIRE_LIMITS: WireLimits = { maxBytes: 16 * 2 ** 20, maxEvents: POSITIONS_PER_MESSAGE };

/** What a topic of messages has to take: one may be larger by what the log adds. */
export const TOPIC_MESSAGE_BYTES = WIRE_LIMITS.maxBytes + 2 ** 16;

/** Offset of the message that a position lies in. */
export const offsetOf = (position: number): number => Math.floor(position / POSITIONS_PER_MESSAGE);
