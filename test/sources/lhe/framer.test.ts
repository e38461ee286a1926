import { expect, test } from 'vitest';
import { Problem } from '../../../operators/problem.js';
import { readBatches } from '../../../sources/lhe/events.js';
import { endsInEvent, feed, LIMIT, newFramer, nextEvent } from '../../../sources/lhe/framer.js';
import { collect, inPieces } from './collect.js';

const HEAD = '<LesHouchesEvents version="3.0">\n<init>\n</init>\n';
const EVENT = `<event>\n 2 1 1 91 -1 -1\n 11 1 0 0 0 0 3 4 1 6 0 0 9\n -11 1 0 0 0 0 4 3 2 6 0 0 9\n# ${'x'.repeat(800)}\n</event>\n`;

test('20 MB of events pass through a window of one event and one piece', async () => {
  const framer = newFramer('big.lhe');
  const piece = 64 * 1024;
  const block = Buffer.from(EVENT.repeat(100));
  const blocks = Math.ceil(20e6 / block.length);
  let largest = 0;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(HEAD);
    for (let k = 0; k < blocks; k++) {
      for await (const part of inPieces(block, [piece])) {
        yield part;
        largest = Math.max(largest, framer.buffer.length);
      }
    }
  }
  const bytes = { pieces: pieces(), endsEarly: false };
  let n = 0;
  for await (const batch of readBatches('big.lhe', bytes, ['gen_l1_pt'], 4096, framer)) n += batch.length;
  expect(n).toBe(100 * blocks);
  expect(framer.base + framer.end).toBeGreaterThan(20e6);
  expect(largest).toBeLessThan(4 * piece);
});

const filler = (n: number): string => 'x'.repeat(n);

test.each([
  ['an event', `${HEAD}<event>\n${filler(300)}`, `event at byte ${HEAD.length} is longer than 200 bytes`],
  ['a comment in an event', `${HEAD}<event><!--${filler(300)}`, `the comment at byte ${HEAD.length} is longer`],
  ['a header', `<LesHouchesEvents>\n<header>${'<a>'.repeat(100)}`, 'the header at byte 19 is longer'],
  ['a comment', `${HEAD}<!-- ${filler(300)}`, `the comment at byte ${HEAD.length} is longer`],
  ['CDATA', `${HEAD}<![CDATA[ ${filler(300)}`, `the CDATA section at byte ${HEAD.length} is longer`],
  ['text', `${HEAD}${filler(300)}`, 'the text without a tag at byte 40 is longer'],
])('%s beyond the limit is refused with its place', (_, text, message) => {
  const framer = newFramer('long.lhe', 200);
  const run = (): void => {
    for (const byte of Buffer.from(text)) {
      feed(framer, Uint8Array.of(byte));
      nextEvent(framer);
    }
  };
  expect(run).toThrow(Problem);
  expect(run).toThrow(message);
  expect(framer.buffer.length).toBeLessThan(8192);
});

test('a line of 10 times the limit never fills memory', async () => {
  const framer = newFramer('line.lhe');
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${HEAD}<event>\n`);
    const piece = Buffer.alloc(2 ** 20, '1');
    for (let k = 0; k < 160; k++) yield await Promise.resolve(piece);
  }
  const bytes = { pieces: pieces(), endsEarly: false };
  await expect(collect(readBatches('line.lhe', bytes, ['weight'], 10, framer))).rejects.toThrow('longer than 16777216');
  expect(framer.buffer.length).toBeLessThan(3 * LIMIT);
});

test.each([
  ['', 'the file is empty'],
  ['\n \n', 'it looks like blank text'],
  ['hello\nworld', 'it looks like text that begins "hello"'],
  ['<event>\n</event>', 'no <LesHouchesEvents> tag'],
  [`${HEAD}<!-- never closed ${EVENT}`, `the comment that begins at byte ${HEAD.length} never ends`],
  [`${HEAD}<event> <!-- never closed ${EVENT}`, 'the comment that begins at byte 56 never ends'],
  [`<LesHouchesEvents><header> <init> ${EVENT}`, 'the header that begins at byte 18 never ends'],
])('%j', (text, message) => {
  const run = (): boolean => {
    const framer = newFramer('bad.lhe');
    feed(framer, Buffer.from(text));
    while (nextEvent(framer) !== 'more');
    return endsInEvent(framer);
  };
  expect(run).toThrow(Problem);
  expect(run).toThrow(`bad.lhe: ${message}`.replace('bad.lhe: it looks', 'it looks'));
});

test.each([
  [`${HEAD}<event>`, true],
  [`${HEAD}<event> <!-- cut here`, true],
  [`${HEAD}${EVENT}</LesHou`, false],
  [`${HEAD}${EVENT}<`, false],
])('%j ends in an event: %s', (text, expected) => {
  const framer = newFramer('cut.lhe');
  feed(framer, Buffer.from(text));
  while (nextEvent(framer) !== 'more');
  expect(endsInEvent(framer)).toBe(expected);
});
