import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { messageOf, wrongPipeline } from '../../operators/problem.js';

/** What a server may read: given once, on the command line. */
export interface McpSetting {
  /** Version of regimewatch. */
  readonly version: string;
  /** The file of the history, if there is one. */
  readonly history: string | null;
  /** Beside the history and the pipeline, files of these folders can be asked for. */
  readonly folders: readonly string[];
  readonly pipeline: string | null;
  /** Folder of the runbooks. */
  readonly runbooks: string;
}

/** The file of that path, links followed, if it lies in a folder that was given or is one that was; else a Problem. */
export function confined({ history, pipeline, folders }: McpSetting, path: string): string {
  let real: string;
  try {
    real = realpathSync(resolve(path));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : messageOf(error);
    throw wrongPipeline(`file ${path}: ${isInside(resolve(path), folders) ? why : outside(folders)}`, error);
  }
  const named = [history, pipeline].some((file) => file !== null && realOf(file) === real);
  if (named || isInside(real, folders)) return real;
  throw wrongPipeline(`file ${path}: ${outside(folders)}`);
}

const realOf = (path: string): string | null => {
  try {
    return realpathSync(resolve(path));
  } catch {
    return null;
  }
};

const isInside = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => {
    const root = realOf(folder);
    return root !== null && path.startsWith(root.endsWith(sep) ? root : root + sep);
  });

const outside = (folders: readonly string[]): string =>
  folders.length === 0
    ? 'not one that this server may read: start it with --folder DIR'
    : `outside the folders that this server may read (${folders.join(', ')})`;
