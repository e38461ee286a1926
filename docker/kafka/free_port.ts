import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Problem } from '../../operators/problem.js';

/**
 * A TCP port of the loopback address that nothing listens on and that is not `taken`. Not one that the system would choose (port 0):
 * those are also given to outgoing connections, one of which could take the port while the broker restarts.
 */
export async function freePort(taken: readonly number[]): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(20_000, 32_000);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new Problem(1, 'ports 20000 to 31999: none of 100 tried is free on 127.0.0.1; end what listens there');
}

/** Whether a server could listen on the port of the loopback address now. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
