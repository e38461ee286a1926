import { spawn, spawnSync } from 'node:child_process';

/** What each program may be called. */
const NAMES = {
  prometheus: ['prometheus'],
  promtool: ['promtool'],
  alertmanager: ['prometheus-alertmanager', 'alertmanager'],
  amtool: ['amtool'],
} as const;

export type Tool = keyof typeof NAMES;

const found = (tool: Tool): string | undefined =>
  NAMES[tool].find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);

/** The program as it is called here. */
export function toolName(tool: Tool): string {
  const name = found(tool);
  if (name === undefined) throw new Error(`${tool}: not in PATH`);
  return name;
}

/**
 * Whether tests with these programs can run here: `describe.skipIf(!toolsOrSkip('promtool'))`. If not, one line says why;
 * where CI is true they have to run, so that there it throws.
 */
export function toolsOrSkip(...tools: readonly Tool[]): boolean {
  const missing = tools.filter((tool) => found(tool) === undefined);
  if (missing.length === 0) return true;
  const why = `${missing.join(', ')}: not in PATH; Debian's packages prometheus and prometheus-alertmanager have them`;
  if (process.env['CI'] === 'true') throw new Error(`Prometheus tests cannot run: ${why}`);
  process.stderr.write(`Prometheus tests skipped: ${why}\n`);
  return false;
}

/** Runs a program to its end. */
export function runTool(tool: Tool, ...args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(toolName(tool), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}
