import type { Report } from '../schemas/report.js';
import { table } from '../sinks/report/table.js';

export interface PublishOptions {
  readonly out?: string | undefined;
  readonly format?: string | undefined;
  readonly servePort?: number | undefined;
}

/** Prints the report (a table, or the JSON), writes it to a folder and serves it, as asked. */
export async function publish(report: Report, { out, format, servePort }: PublishOptions): Promise<void> {
  if (format === 'json') process.stdout.write(`${JSON.stringify(report)}\n`);
  else process.stdout.write(`${table(report)}\n`);
  if (out !== undefined) {
    const { writeReport } = await import('../sinks/report/write_report.js');
    const files = await writeReport(report, out);
    const page = files.find((file) => file.endsWith('.html'));
    if (format !== 'json') process.stdout.write(`report: ${page ?? out}\n`);
  }
  if (servePort === undefined) return;
  const { serveReport } = await import('../sinks/page/serve.js');
  const server = await serveReport(report, servePort);
  process.stderr.write(`serving ${server.url} and ${server.url}metrics until Ctrl-C\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
}
