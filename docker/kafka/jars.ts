import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../operators/problem.js';
import { runTool } from './java.js';

/** This folder in the checkout, from the source as from dist/. */
const folder = [new URL('./', import.meta.url), new URL('../../../docker/kafka/', import.meta.url)]
  .map((url) => fileURLToPath(url))
  .find((each) => existsSync(join(each, 'pom.xml')));

/** The folder of the broker's jars; Maven fetches what pom.xml names into it. */
export const jars = join(folder ?? '.', 'lib');

export const haveJars = (): boolean => existsSync(jars);

/**
 * Fetches the jars with Maven (93 files, 54 MB). They arrive in a folder beside the final one,
 * so that a fetch that was cut short leaves nothing that looks complete.
 */
export async function fetchJars(): Promise<void> {
  if (folder === undefined) throw new Problem(1, 'docker/kafka/pom.xml: not found; run from a checkout of the project');
  if (spawnSync('mvn', ['-version'], { stdio: 'ignore' }).status !== 0)
    throw new Problem(
      1,
      'mvn: does not run, and docker/kafka/lib is missing; install Maven (Debian, Ubuntu: apt-get install maven)',
    );
  const partial = `${jars}.${process.pid}.part`;
  try {
    const pom = join(folder, 'pom.xml');
    await runTool('mvn', ['-q', '-B', '-f', pom, `-Dlib=${partial}`, 'dependency:copy-dependencies'], 'mvn');
    if (!haveJars()) renameSync(partial, jars);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
