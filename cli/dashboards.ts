import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { messageOf, Problem } from '../operators/problem.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { packageFolder } from './version.js';

interface Options {
  readonly out: string;
  readonly set: string[];
}

export function addDashboards(program: Command): void {
  program
    .command('dashboards')
    .description('write Grafana dashboards, Prometheus rules and Alertmanager routes of pipelines')
    .argument('[pipelines...]', 'pipeline files (YAML); default those that come with the program')
    .option('--out <folder>', 'where the files go', join('out', 'dashboards'))
    .action(async (files: string[], _: unknown, command: Command) => {
      const { out, set } = command.optsWithGlobals<Options>();
      const { generatedFiles } = await import('../dashboards/generated_files.js');
      const pipelines = [];
      for (const file of files.length > 0 ? files : await bundledPipelines())
        pipelines.push((await loadPipeline(file, set)).pipeline);
      const written = generatedFiles(pipelines);
      for (const { file, text } of written) await write(join(out, file), text);
      process.stdout.write(
        `${pipelines.map(({ pipeline }) => pipeline).join(', ')}: ${written.length} files in ${out}\n`,
      );
    });
}

/** In the order of their names, so that the same pipelines give the same files. */
async function bundledPipelines(): Promise<string[]> {
  const folder = join(packageFolder(), 'pipelines');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => join(folder, file));
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new Problem(1, `${path}: cannot be written: ${messageOf(error)}`, { cause: error });
  }
}
