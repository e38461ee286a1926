import type { PeriodContent, QuantityRow } from './comparison.js';

/** ln p of Cochran's Q below which a period is told not to be one: p = 1e-4. */
const LOG_UNSTEADY = -9.21;

/** What a reader of the comparison has to know: in which way the periods are not alike, or not one. */
export function notesOf(a: PeriodContent, b: PeriodContent, rows: readonly QuantityRow[]): string[] {
  const notes: string[] = [];
  const models = new Set([...a.models, ...b.models]);
  if (a.pipelineHash !== b.pipelineHash)
    notes.push('the pipelines are not the same: a regime or δ may mean another thing');
  else if (models.size > 1)
    notes.push(`${models.size} sets of models were in effect: a regime of one need not be that of another`);
  if (a.file === b.file && a.epoch === b.epoch && a.from <= b.to && b.from <= a.to)
    notes.push('the periods overlap: their events are counted twice, so the errors of the differences are too large');
  const corrections = new Set([...a.corrections, ...b.corrections]);
  if (corrections.size > 1)
    notes.push(`${corrections.size} corrections (or none) were in effect: compare raw and corrected`);
  for (const [name, of] of [
    ['a', (row: QuantityRow) => row.a.scatter],
    ['b', (row: QuantityRow) => row.b.scatter],
  ] as const) {
    const unsteady = rows.filter((row) => (of(row)?.logP ?? 0) < LOG_UNSTEADY);
    if (unsteady.length === 0) continue;
    const words = unsteady.map(({ quantity, stage, label }) => `${stage ? `${stage} ` : ''}${quantity} in ${label}`);
    const more = words.length > 3 ? ` and ${words.length - 3} more` : '';
    notes.push(
      `period ${name} is not one: its windows scatter more than their errors say (${words.slice(0, 3).join(', ')}${more})`,
    );
  }
  return notes;
}
