import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { complaint } from '../support/program.js';

const DILEPTON = 'pipelines/dilepton.yaml';
const PRODUCE = ['produce', DILEPTON, 'generator:10', '--brokers', '127.0.0.1:9', '--topic', 't'];
const REPLAY = ['replay', DILEPTON];

describe.concurrent('wrong usage is one line and exit code 2', () => {
  test.each([
    [
      ['produce', DILEPTON, 'generator:10', '--brokers', '127.0.0.1:9'],
      "required option '--topic <name>' not specified",
    ],
    [['produce', DILEPTON, '--topic', 't'], "missing required argument 'sample'"],
    [['produce', DILEPTON, 'generator:10', '--topic', 't'], '--brokers: missing'],
    [[...PRODUCE, '--topic', 'a b'], "--topic a b: is no topic's name"],
    [[...PRODUCE, '--encoding', 'json'], '--encoding json: expected avro or arrow'],
    [[...PRODUCE, '--compression', 'zip'], '--compression zip: expected none or gzip or lz4'],
    [[...PRODUCE, '--batch', '0'], '--batch 0: expected a whole number from 1 to 16384'],
    [[...PRODUCE, '--partitions', '-1'], '--partitions -1: expected a whole number from 1 to 10000'],
    [[...PRODUCE, '--pace', 'fast'], '--pace fast: expected a number above 0'],
    [[...PRODUCE, '--registry', 'http://127.0.0.1:9'], '--registry: is for Avro'],
    [
      [...PRODUCE, '--encoding', 'avro', '--registry', 'http://me:secret@127.0.0.1:9'],
      'schema registry address holds a user or a password',
    ],
    [REPLAY, "missing required argument 'sample'"],
    [[...REPLAY, '--from-topic', 't'], '--brokers: missing'],
    [
      [...REPLAY, 'a.csv', '--from-topic', 't', '--brokers', '127.0.0.1:9'],
      '--from-topic t: is the sample; leave out a.csv',
    ],
    [[...REPLAY, 'a.csv', '--from-offsets', '0:1'], '--from-offsets, --to-offsets: are of --from-topic'],
    [
      [...REPLAY, '--from-topic', 't', '--brokers', '127.0.0.1:9', '--from-offsets', '0=1'],
      '--from-offsets 0=1: expected PARTITION:OFFSET, e.g. 0:100,1:250',
    ],
    [[...REPLAY, '--from-topic', 't', '--brokers', '127.0.0.1:9', '--range', '0:5'], '--range: is of files'],
    [
      [...REPLAY, '--from-topic', 't', '--brokers', '127.0.0.1:9', '--schema', 'package.json', 'nowhere.json'],
      '--schema nowhere.json: cannot be read',
    ],
  ])('%j', async (args, words) => {
    const { code, line } = await complaint(...args);
    expect([code, line]).toEqual([2, expect.stringContaining(words)]);
    expect(line).not.toContain('secret');
  });
});

test('a sample that cannot be used is told before any broker is asked', async () => {
  const { code, line } = await complaint('produce', DILEPTON, 'nowhere.lhe', ...PRODUCE.slice(3));
  expect([code, line]).toEqual([3, 'nowhere.lhe: no such file: check the path']);
});

test('brokers that are not there: one line, after some tries', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const { code, line } = await complaint(...PRODUCE.with(4, `127.0.0.1:${port}`));
  server.close();
  expect([code, line]).toEqual([
    1,
    expect.stringMatching(/^Kafka: topic t: .*; tried 8 times: see that the broker runs$/),
  ]);
});
