import { expect, test } from 'vitest';
import { hasModules, inTurns, runProgram, runTogether, type Program } from '../../bench/child_run.js';
import { scratch } from '../support/scratch.js';

const saying = (name: string, code: string): Program => ({ name, command: [process.execPath, '-e', code] });
const printing = (name: string): Program =>
  saying(name, `console.log('warm'); console.log(JSON.stringify({ name: '${name}' }))`);

test('programs run in turns, and their last lines are read', () => {
  const told: string[] = [];
  const runs = inTurns<{ name: string }>([printing('a'), printing('b')], 2, (what) => told.push(what));
  expect(runs).toEqual([
    [{ name: 'a' }, { name: 'a' }],
    [{ name: 'b' }, { name: 'b' }],
  ]);
  expect(told).toEqual(['a: round 1 of 2', 'b: round 1 of 2', 'a: round 2 of 2', 'b: round 2 of 2']);
});

test('programs run at the same time: each waits for a file that the other writes', async () => {
  const folder = scratch();
  const meeting = (own: string, other: string): Program =>
    saying(
      own,
      `const fs = require('fs'); fs.writeFileSync('${folder}/${own}', '');
      const t = setInterval(() => { if (fs.existsSync('${folder}/${other}')) { clearInterval(t); console.log('"${own}"'); } }, 5);`,
    );
  expect(await runTogether<string>([meeting('a', 'b'), meeting('b', 'a')])).toEqual(['a', 'b']);
  await expect(runTogether([saying('c', "throw new Error('no room')")])).rejects.toThrow(/^peer c: .*no room/s);
});

test('one core each', () => {
  const threads = saying('t', 'console.log(JSON.stringify(process.env.OMP_NUM_THREADS))');
  expect(runProgram<string>(threads)).toBe('1');
});

test('a program that fails is named, with what it said', () => {
  expect(() => runProgram(saying('c', "throw new Error('no room')"))).toThrow('peer c: ended with 1: Error: no room');
});

test('a module that nobody has is missing', () => {
  expect(hasModules('no_such_module_of_python')).toBe(false);
});
