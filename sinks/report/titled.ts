interface Named {
  readonly context: readonly { readonly variable: string; readonly title: string }[];
}

/** Words in which the context variables are called by their titles: 'abs_deta: …' → '|Δη|: …'. */
export const titled = ({ context }: Named, words: string): string =>
  context.reduce(
    (text, { variable, title }) => text.replace(new RegExp(`(?<![\\w.])${variable}(?![\\w])`, 'g'), () => title),
    words,
  );
