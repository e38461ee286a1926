import { expect, test } from 'vitest';
import { nextLess, nextTag, tagAt } from '../../../sources/lhe/tag.js';

test.each([
  ['<event>', 'event'],
  ['<event a="1">', 'event'],
  ['<event\n>', 'event'],
  ['<event/>', 'event'],
  ['<eventgroup>', 'other'],
  ['</event>', '/event'],
  ['</eventgroup>', 'other'],
  ['<header>', 'header'],
  ['</header>', '/header'],
  ['<LesHouchesEvents version="3.0">', 'root'],
  ['</LesHouchesEvents>', '/root'],
  ['<!-- x', 'comment'],
  ['<![CDATA[x', 'cdata'],
  ['<!DOCTYPE', 'other'],
  ['< 5 events', 'other'],
  ['<mgrwt>', 'other'],
])('%j', (text, tag) => {
  expect(tagAt(Buffer.from(`..${text}`), 2, 2 + text.length)).toBe(tag);
});

test('a tag that the end of the bytes cuts is "more" until its name is known', () => {
  const b = Buffer.from('<event><event');
  for (let end = 1; end < 7; end++) expect(tagAt(b, 0, end)).toBe('more');
  expect(tagAt(b, 0, 7)).toBe('event');
  expect(tagAt(Buffer.from('<evil'), 0, 4)).toBe('other');
});

test('the next "<" and the next tag outside comments; bytes beyond the end do not count', () => {
  const text = `${' '.repeat(100)}<!-- <a> --><![CDATA[<b>]]><c>`;
  const b = Buffer.from(text);
  expect(nextLess(b, 0, b.length)).toBe(100);
  expect(nextLess(b, 0, 100)).toBe(100);
  expect(nextLess(b, 0, 90)).toBe(90);
  expect(nextTag(b, 0, b.length)).toBe(text.indexOf('<c>'));
  expect(nextTag(b, 0, 110)).toBe(110);
});
