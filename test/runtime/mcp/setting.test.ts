import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { confined, type McpSetting } from '../../../runtime/mcp/setting.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

const base = scratch();
const [inside, beside] = [join(base, 'in'), join(base, 'inside')];
for (const folder of [inside, beside]) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'f'), '');
}
symlinkSync(join(beside, 'f'), join(inside, 'link'));
const setting: McpSetting = {
  ...{ version: '0', history: join(beside, 'f'), folders: [inside], pipeline: null, runbooks: 'docs/runbooks' },
};

describe('a path', () => {
  test('in a folder that was given, or of a file that was, may be read', () => {
    expect(confined(setting, join(inside, 'f'))).toBe(join(inside, 'f'));
    expect(confined(setting, join(beside, 'f'))).toBe(join(beside, 'f'));
  });

  test.each([
    [{ ...setting, history: null }, join(beside, 'f')],
    [{ ...setting, history: null }, join(inside, '..', 'inside', 'f')],
    [{ ...setting, history: null }, join(inside, 'link')],
    [setting, '/etc/passwd'],
    [setting, '/etc/no-such-file'],
    [setting, base],
    [setting, inside],
  ])('elsewhere may not (%#)', async (given, path) => {
    expect((await problemOf(() => confined(given, path))).message).toMatch(
      /outside the folders that this server may read/,
    );
  });

  test('that is not there is told so only inside', async () => {
    expect((await problemOf(() => confined(setting, join(inside, 'none')))).message).toMatch(/no such file/);
    expect((await problemOf(() => confined({ ...setting, folders: [] }, 'none'))).message).toMatch(
      /start it with --folder/,
    );
  });
});
