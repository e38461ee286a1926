import { wrongPipeline } from '../../operators/problem.js';
import type { ModelCard } from '../../schemas/model_card.js';
import type { Locate } from '../pipeline_checks.js';
import { known } from './card_names.js';

/** Outputs that the task names are there, and mean what it takes them for. */
export function checkTask({ outputs, task }: ModelCard, locate: Locate): void {
  const names = outputs.map(({ name }) => name);
  known(task.output, names, 'output', ['task', 'output'], locate);
  if (task.kind !== 'classify') return;
  const { meaning } = outputs[names.indexOf(task.output)]!;
  if (meaning === 'value')
    throw wrongPipeline(
      `${locate(['task', 'output'])}: '${task.output}' is a value; a logit or a probability is needed`,
    );
  task.others.forEach((name, i) => {
    const path = ['task', 'others', i];
    known(name, names, 'output', path, locate);
    if (name === task.output || task.others.indexOf(name) < i)
      throw wrongPipeline(`${locate(path)}: '${name}' is given twice`);
    const other = outputs[names.indexOf(name)]!.meaning;
    if (other !== meaning)
      throw wrongPipeline(`${locate(path)}: '${name}' is a ${other}, '${task.output}' a ${meaning}`);
  });
  const point = task.working_point;
  if (point === undefined) return;
  const path = ['task', 'working_point'];
  if (task.others.length > 0) throw wrongPipeline(`${locate(path)}: of several classes the largest decides: remove it`);
  if (meaning === 'probability' && (point <= 0 || point >= 1))
    throw wrongPipeline(`${locate(path)}: must lie between 0 and 1, as ${task.output} is a probability`);
}
