/**
 * Catalogues of messages. English is complete and gives the keys their type; another
 * language may lag behind, and then shows English for what it lacks.
 *
 * In a message, {name} is a value, and {count|member|members} chooses by number
 * (one|other: enough for English and Swahili), e.g. "{count} {count|member|members}".
 */
export type Catalogue<Key extends string = string> = Readonly<Record<Key, string>>;
export type Params = Readonly<Record<string, string | number>>;
export type Translate<Key extends string> = (key: Key, params?: Params) => string;

const PLACEHOLDER = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;

export function createTranslator<Key extends string>(
  complete: Catalogue<Key>,
  language: string,
  translated: Partial<Catalogue<Key>> = {},
): Translate<Key> {
  const plural = new Intl.PluralRules(language);
  return (key, params = {}) =>
    (translated[key] ?? complete[key] ?? key).replace(
      PLACEHOLDER,
      (whole, name: string, one?: string, other?: string) => {
        const value = params[name];
        if (value === undefined) return whole;
        if (one === undefined || other === undefined) return String(value);
        return plural.select(Number(value)) === "one" ? one : other;
      },
    );
}
