import { expect, test } from 'vitest';
import { eachAttribute, eachWeight } from '../../../sources/lhe/extras.js';

function attributes(tag: string): string[] {
  const b = Buffer.from(tag);
  const found: string[] = [];
  eachAttribute(b, 0, b.indexOf('>'), (name, from, to) => found.push(`${name}|${b.toString('utf8', from, to)}`));
  return found;
}

test.each([
  ['<event>', []],
  ['<event >', []],
  [`<event a="1" b = ' 2 '\n\tc="x y">`, ['a|1', 'b| 2 ', 'c|x y']],
  [`<event a="it's" b=''>`, ["a|it's", 'b|']],
  ['<event a="1" flag>', ['a|1']],
  ['<event a=1 b="2">', []],
  ['<event a="1>', []],
])('attributes of %j', (tag, expected) => {
  expect(attributes(tag)).toEqual(expected);
});

test('weights by id and by position, none from comments, CDATA or tags with like names', () => {
  const text = `<rwgt><!-- <wgt id='c'>0</wgt> --><![CDATA[<wgt id='d'>0</wgt>]]><wgtx id='e'>0</wgtx>
<wgt id='a'> 1 </wgt><wgt comment="b" id=" b ">2</wgt><wgt>3</wgt></rwgt><weights>4 5
 6</weights><weightsx>7</weightsx></event`;
  const b = Buffer.from(text);
  const found: string[] = [];
  eachWeight(b, 0, b.indexOf('</event'), (id, position, from, to) => {
    found.push(`${id ?? position}=${b.toString('utf8', from, to).trim()}`);
  });
  expect(found).toEqual(['a=1', 'b=2', '0=4', '1=5', '2=6']);
});
