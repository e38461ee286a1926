import { expect, test } from 'vitest';
import { batchOf, makeRoom, newRun } from '../../../../sources/wire/avro/run.js';

test('columns grow with what they hold, never beyond what may still come', () => {
  const run = newRun({ decode: () => undefined, names: ['a', 'b'] });
  const rooms = new Set<number>();
  for (let i = 0; i < 1000; i++) {
    makeRoom(run, 1000 - i);
    rooms.add(run.position.length);
    run.columns[0]![run.length] = i;
    run.columns[1]![run.length] = -i;
    run.position[run.length++] = 2 * i;
  }
  expect([...rooms]).toEqual([4, 20, 84, 340, 1000]);
  const batch = batchOf(run);
  expect([batch.length, batch.columns.get('a')?.[999], batch.columns.get('b')?.[400], batch.position[7]]).toEqual([
    1000, 999, -400, 14,
  ]);
});
