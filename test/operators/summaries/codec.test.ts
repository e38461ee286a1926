import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentHash, decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { summaries } from '../../../operators/summaries/index.js';
import { states } from '../../fixtures/summaries/states.js';

describe('codec', () => {
  const files = Object.entries(states());

  it('has a stored state of every summary', () => {
    const names = files.flatMap(([, states]) => Object.keys(states));
    expect(names.sort()).toEqual(Object.keys(summaries).sort());
  });

  it.each(files)('re-reads %s, as filling gives it today, and writes the same bytes', (file, states) => {
    const golden = readFileSync(`test/fixtures/summaries/${file}`);
    const stored = decodeState(golden) as Record<string, unknown>;
    expect(Object.keys(stored).sort()).toEqual(Object.keys(states).sort());
    for (const [name, state] of Object.entries(states)) expect(stored[name], name).toEqual(state);
    expect(Buffer.from(encodeState(states)).equals(golden)).toBe(true);
  });

  it('is CBOR with little-endian typed arrays (RFC 8746), sorted keys and no trace of their order', () => {
    const hex = (content: unknown): string => Buffer.from(encodeState(content)).toString('hex');
    // Tags 86 (float64), 70 (uint32), 78 (sint32).
    expect(hex(Float64Array.of(1.5))).toBe('d85648000000000000f83f');
    expect(hex(Uint32Array.of(258))).toBe('d8464402010000');
    expect(hex(Int32Array.of(-2))).toBe('d84e44feffffff');
    expect(hex({ b: 1, a: null })).toBe('a26161f6616201');
    expect(hex({ a: null, b: 1 })).toBe(hex({ b: 1, a: null }));
    expect(hex([{ aa: 0, b: { d: 0, c: 0 } }])).toBe('81a26162a261630061640062616100');
  });

  it('keeps the bits of doubles', () => {
    const odd = Float64Array.of(-0, 5e-324, Number.MAX_VALUE, 0.1, -Infinity, NaN);
    const back = decodeState(encodeState({ odd })) as { odd: Float64Array };
    expect(Buffer.from(back.odd.buffer, back.odd.byteOffset, back.odd.byteLength)).toEqual(Buffer.from(odd.buffer));
  });

  it('names content by its SHA-256', () => {
    // printf '\xa1\x61\x61\x01' | sha256sum
    expect(contentHash({ a: 1 })).toBe('eb989b4a620fd259ae02181bdab4fc3eb6dc6b45eb7322999bb1416bce318926');
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }));
  });
});
