import type { Report, ZoneReport } from '../../../schemas/report.js';
import { axisTitle } from '../axis_title.js';
import { legend } from '../legend.js';
import { panelStack } from '../panel_stack.js';
import { sheet, type Figure } from '../sheet.js';
import { variableScale } from '../variable_scale.js';
import { zonePanel } from '../zone_panel.js';
import { quantities, zoneSentence } from '../zone_words.js';

const [left, width, height] = [92, 592, 152];

function zoneFigure(report: Report, zone: ZoneReport): Figure[] {
  const scale = variableScale(zone);
  if (!scale) return [];
  const drawn = quantities.flatMap((quantity) => {
    const one = zonePanel(report, zone, quantity, scale, [width, height]);
    return one ? [{ quantity, ...one }] : [];
  });
  const { domain, log } = scale;
  const stack = panelStack(
    left,
    width,
    { title: axisTitle(zone), domain, log },
    drawn.map(({ storey }) => storey),
  );
  const legends = drawn.map(({ entries }, i) =>
    legend(712, stack[i]!.top + 12, [{ at: 34, width: 204 }], null, entries),
  );
  const title = `Where the response changes with ${zone.title}`;
  const sentences = drawn.map(({ quantity }) => zoneSentence(zone, quantity));
  const description =
    `${title}: mean δ, width of δ and mean pull, with standard errors; every event counts 1. ` +
    'A bias or a width that changes with the context may follow from the objects alone; a mean pull off 0 does not. ' +
    `Points nearer than 6 pixels are drawn as their mean. ${sentences.join(' ')}`;
  const n = Math.max(...zone.profiles.map((profile) => profile.n.reduce((sum, count) => sum + count, 0)));
  return [
    sheet(report, {
      name: `danger_zone_${zone.variable}`,
      title,
      description,
      n,
      height: stack.at(-1)!.bottom + 74,
      parts: [...stack.map(({ svg }) => svg), ...legends],
    }),
  ];
}

/** Bias, width and mean pull against each context variable, with their onsets: what tells a local response from one that is not. */
export const dangerZone = (report: Report): Figure[] =>
  (report.dangerZones ?? []).flatMap((zone) => zoneFigure(report, zone));
