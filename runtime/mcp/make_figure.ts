import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { wrongPipeline, wrongSample } from '../../operators/problem.js';
import { timelineFigure } from '../../sinks/history/timeline_figure.js';
import { figures } from '../../sinks/report/figures.js';
import { readReference } from '../read_reference.js';
import { periodOf, provenanceOf, readingHistory } from './read_history.js';
import { confined, type McpSetting } from './setting.js';
import type { Provenance } from './statement.js';

export interface MakeFigure {
  readonly name: string;
  /** A report.json; without it the figure is of the history. */
  readonly report?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly windows?: string | undefined;
}

export interface MadeFigure {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly svg: string;
  /** Of the SVG. */
  readonly sha256: string;
  readonly provenance: Provenance;
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A figure as SVG; the same call on the same data by the same version gives the same bytes. */
export function makeFigure(setting: McpSetting, asked: MakeFigure): Promise<MadeFigure> {
  return asked.report === undefined ? ofHistory(setting, asked) : ofReport(setting, asked.name, asked.report);
}

async function ofReport(setting: McpSetting, name: string, path: string): Promise<MadeFigure> {
  const file = confined(setting, path);
  const { report } = await readReference(file);
  const all = figures(report);
  const found = all.find((figure) => figure.name === name);
  if (!found) throw wrongPipeline(`figure ${name}: the report has ${all.map((one) => one.name).join(', ') || 'none'}`);
  const provenance = {
    ...{
      regimewatch: setting.version,
      made: report.regimewatch,
      pipeline: report.pipeline,
      pipelineHash: report.pipelineHash,
      source: path,
    },
    sha256: sha256(await readFile(file)),
    samples: report.samples.map((sample) => ({ path: sample.path, sha256: sample.sha256 })),
  };
  return { ...found, sha256: sha256(found.svg), provenance };
}

const OF_HISTORY = 'timeline';

const ofHistory = (setting: McpSetting, { name, pipeline, windows }: MakeFigure): Promise<MadeFigure> =>
  readingHistory(setting, undefined, async (history) => {
    if (name !== OF_HISTORY)
      throw wrongPipeline(`figure ${name}: of a history there is ${OF_HISTORY}; give report for others`);
    const period = await periodOf(history, pipeline, windows);
    const figure = timelineFigure(period.windows, setting.version);
    if (!figure)
      throw wrongSample(`figure ${name}: takes two windows with a response, there are ${period.windows.length}`);
    return { ...figure, sha256: sha256(figure.svg), provenance: provenanceOf(setting, period) };
  });
