import { randomBytes } from 'node:crypto';

/** As Kafka's own Uuid.randomUuid: none that begins with '-', which its launcher takes for the name of an option. */
export function clusterId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
