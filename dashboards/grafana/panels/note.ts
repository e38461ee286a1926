import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';

/** Words in place of panels that have nothing to show. */
export const note = (title: string, content: string): PanelBuilder =>
  new PanelBuilder().title(title).description(content).mode(TextMode.Markdown).content(content).span(24).height(3);
