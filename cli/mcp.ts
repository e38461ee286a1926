import { join } from 'node:path';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Command } from 'commander';
import { packageFolder, version } from './version.js';

interface Options {
  readonly history?: string;
  readonly pipeline?: string;
  readonly folder: string[];
  readonly runbooks?: string;
}

export function addMcp(program: Command): void {
  program
    .command('mcp')
    .description('serve read-only tools for agents over the Model Context Protocol (stdin and stdout)')
    .option('--history <file>', 'the history that `watch` or `live` kept')
    .option('--pipeline <file>', 'pipeline file (YAML) that is checked by default')
    .option(
      '--folder <folder>',
      'files in it may be asked for; may be given several times',
      (one, all: string[]) => [...all, one],
      [],
    )
    .option('--runbooks <folder>', "where the alerts' runbooks are; default those of the package")
    .action(run);
}

/** Runs until its input ends. On stdout there is the protocol alone. */
async function run(_: unknown, command: Command): Promise<void> {
  const { history, pipeline, folder, runbooks } = command.optsWithGlobals<Options>();
  const { createServer } = await import('../runtime/mcp/server.js');
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const server = createServer({
    ...{ version, folders: folder, history: history ?? null, pipeline: pipeline ?? null },
    runbooks: runbooks ?? join(packageFolder(), 'docs', 'runbooks'),
  });
  const transport = new StdioServerTransport();
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve).once('close', resolve);
  });
  await server.connect(transport);
  const answered = countRequests(transport);
  await ended;
  await answered();
  await server.close();
}

/** Resolves when every request that has come is answered: what is piped in ends before the answers are ready. */
function countRequests(transport: Transport): () => Promise<void> {
  let [open, idle] = [0, (): void => undefined];
  const { onmessage } = transport;
  const send = transport.send.bind(transport);
  transport.onmessage = (message, extra) => {
    if ('method' in message && 'id' in message) open++;
    onmessage?.(message, extra);
  };
  transport.send = async (message, options) => {
    await send(message, options);
    if (!('method' in message) && --open <= 0) idle();
  };
  return () =>
    new Promise((resolve) => {
      idle = resolve;
      if (open <= 0) resolve();
    });
}
