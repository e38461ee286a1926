import { setTimeout as pause } from 'node:timers/promises';
import { Admin } from '@platformatic/kafka';
import type { clientOptions } from './client_options.js';

/** Waits until the broker of the cluster answers a metadata request; false if `gaveUp` says so first. */
export async function ready(
  options: ReturnType<typeof clientOptions>,
  cluster: string,
  gaveUp: () => boolean,
): Promise<boolean> {
  while (!gaveUp()) {
    const admin = new Admin({ ...options, retries: 0, connectTimeout: 2000, timeout: 5000 });
    try {
      const { id, brokers } = await admin.metadata({ topics: [] });
      // Another cluster may have taken the port.
      if (id === cluster && brokers.size === 1) return true;
    } catch {
      // Not yet: refused, or still loading.
    } finally {
      await admin.close();
    }
    await pause(100);
  }
  return false;
}
