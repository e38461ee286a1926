import { svgNode, type Canvas } from './canvas.js';

/** H_T, p_T, m_ll: one letter, with a capital or a letter twice for its index, is set lower. */
const subscript = /(?<![\w.])([A-Za-z])_(\p{Lu}\d?|(\p{Ll})\3)(?![\w\p{L}])/gu;

/** Sets the indices in the texts of a drawing lower. */
export function lowerIndices(canvas: Canvas, drawing: Element): void {
  for (const text of drawing.querySelectorAll('text')) {
    const words = text.textContent;
    if (text.children.length > 0 || !words.includes('_')) continue;
    const parts: (string | Element)[] = [];
    let from = 0;
    for (const found of words.matchAll(subscript)) {
      parts.push(words.slice(from, found.index) + found[1]!);
      parts.push(svgNode(canvas, 'tspan', { dy: '0.3em', 'font-size': '0.75em' }, found[2]!));
      // Nothing that is seen, back on the line.
      parts.push(svgNode(canvas, 'tspan', { dy: '-0.225em' }, '\u200b'));
      from = found.index + found[0].length;
    }
    if (from === 0) continue;
    text.replaceChildren(...parts, words.slice(from));
  }
}
