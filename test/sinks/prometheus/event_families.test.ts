import { expect, it } from 'vitest';
import { eventFamilies } from '../../../sinks/prometheus/event_families.js';

it('adds up the rejected, so that read is the sum of the outcomes', () => {
  const [outcomes, reasons] = eventFamilies({
    read: 20,
    used: 12,
    late: 1,
    duplicate: 2,
    rejected: { 'pt: low': 3, eta: 2 },
  });
  const counted = new Map(outcomes!.rows.map(([{ outcome }, n]) => [outcome, n]));
  expect(counted.get('rejected')).toBe(5);
  expect(counted.get('read')).toBe(12 + 1 + 2 + 5);
  expect(reasons!.rows).toEqual([
    [{ reason: 'pt: low' }, 3],
    [{ reason: 'eta' }, 2],
  ]);
});
