import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of so many bytes in a folder of its own; null: none may be mounted here. `end` takes it away. */
export function smallDisk(bytes: number): { readonly folder: string; readonly end: () => void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'regimewatch-disk-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  if (status !== 0) {
    remove();
    return null;
  }
  const end = (): void => {
    spawnSync('umount', [folder], { stdio: 'ignore' });
    remove();
  };
  return { folder, end };
}
