import { describe, expect, test } from 'vitest';
import { complaint } from '../support/program.js';

const LIVE = ['live', 'pipelines/dilepton.yaml', '--brokers', '127.0.0.1:9'];

describe.concurrent('wrong usage of live is one line and exit code 2, before any broker is asked', () => {
  test.each([
    [['live'], "missing required argument 'pipeline'"],
    [['live', 'pipelines/dilepton.yaml'], '--brokers: missing'],
    [['live', 'nowhere.yaml', '--brokers', '127.0.0.1:9'], 'nowhere.yaml'],
    [[...LIVE, '--set', 'window=none'], 'pipeline dilepton: has no window; live needs one'],
    [[...LIVE, '--format', 'xml'], '--format xml'],
    [[...LIVE, '--serve', '99999'], '--serve 99999: expected a whole number from 0 to 65535'],
    [[...LIVE, '--checkpoint', 'soon'], '--checkpoint soon: expected a number above 0'],
    [[...LIVE, '--idle', '-1'], '--idle -1: expected a number above 0'],
    [[...LIVE, '--hold', '0'], '--hold 0: expected a whole number from 1'],
    [[...LIVE, '--session', '0'], '--session 0: expected a number above 0'],
    [[...LIVE, '--schema', 'nowhere.json'], '--schema nowhere.json'],
    [[...LIVE, '--registry', 'http://me:secret@127.0.0.1:9'], 'schema registry address holds a user or a password'],
  ])('%j', async (args, words) => {
    const { code, line } = await complaint(...args);
    expect([code, line]).toEqual([2, expect.stringContaining(words)]);
    expect(line).not.toContain('secret');
  });
});
