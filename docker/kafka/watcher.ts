import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** Reads the broker's process number (an empty line: none); at the end of input kills it and deletes the folder. */
const script = `
while read -r line; do
  [ "$line" = done ] && exit
  pid=$line
done
[ -n "$pid" ] && kill -KILL "$pid"
[ -n "$1" ] && rm -rf -- "$1"
`;

export interface Watcher {
  /** The process to kill should this one end; undefined if it has ended. */
  watch(pid: number | undefined): void;
  /** Ends the watcher; from now on nothing is killed or deleted. */
  done(): void;
}

/**
 * A small shell that outlives this process by a moment: its input closes however this process ends (SIGKILL included),
 * and it then kills the broker and deletes `folder` (empty: none). It is the leader of a session of its own,
 * so that Ctrl-C in a terminal does not reach it.
 */
export function startWatcher(folder: string): Watcher {
  const shell = spawn('sh', ['-c', script, 'regimewatch-kafka-watcher', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return {
    watch: (pid) => void shell.stdin.write(`${pid ?? ''}\n`),
    done: () => void shell.stdin.end('done\n'),
  };
}
