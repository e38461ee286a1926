import { expect, it } from 'vitest';
import { clusterId } from '../../../docker/kafka/cluster_id.js';

it('makes 16 bytes in base64url, none taken for the name of an option', () => {
  const ids = Array.from({ length: 5000 }, clusterId);
  expect(new Set(ids).size).toBe(5000);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
});
