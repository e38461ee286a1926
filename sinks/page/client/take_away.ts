/** Gives the reader a file. */
function offer(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

export const offerCsv = (name: string, text: string): void => {
  offer(`${name}.csv`, 'text/csv;charset=utf-8', text);
};

/**
 * The SVG of a figure as a document of its own, with what it takes from the page (font, colour, ground) written into
 * it; undefined: the figure has none.
 */
export function svgText(figure: Element, title: string, summary: string): string | undefined {
  const drawn = figure instanceof SVGSVGElement ? figure : figure.querySelector('svg');
  if (!drawn) return undefined;
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const { color, fontFamily } = getComputedStyle(drawn);
  const ground = getComputedStyle(document.body).backgroundColor;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.style.cssText += `;color:${color};background:${ground};font-family:${fontFamily}`;
  const name = (tag: 'title' | 'desc', text: string): Element => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    element.textContent = text;
    return element;
  };
  copy.prepend(name('title', title), name('desc', summary));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

export function offerSvg(name: string, figure: Element, title: string, summary: string): void {
  const text = svgText(figure, title, summary);
  if (text !== undefined) offer(`${name}.svg`, 'image/svg+xml', text);
}
