/** What a service was told in a file of tests, none of which may be found in what it tells its operators (rule A25). */
export interface PrivacyWatch {
  /** Notes the ids and attributes of a request. */
  onRequest(path: string, body: unknown): void;
  /** @returns a sentence for each secret that stands in the text */
  faults(where: string, text: string, tokens: readonly string[]): readonly string[];
}

/** Shorter texts stand in logs by chance. */
const SHORTEST = 8;

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** @param known texts that belong to the test user's record from the beginning */
export function watchPrivacy(known: unknown): PrivacyWatch {
  const told = new Set(textsIn(known));
  return {
    onRequest(path, body) {
      for (const id of path.match(UUID) ?? []) told.add(id);
      for (const text of attributesIn(body)) told.add(text);
    },
    faults(where, text, tokens) {
      const secrets = new Set(tokens.flatMap((token) => token.split('.')).filter((part) => part.length >= SHORTEST));
      const words = text.match(/[\w-]{8,}/g) ?? [];
      const leaked = [...words.filter((word) => secrets.has(word)), ...[...told].filter((one) => text.includes(one))];
      return [...new Set(leaked)].map((secret) => `${where} have ${JSON.stringify(secret)}`);
    },
  };
}

/** The attributes of a document, whether it is sent as a value or as text. */
function attributesIn(body: unknown): readonly string[] {
  const document = typeof body === 'string' ? parsed(body) : body;
  return textsIn(Reflect.get(Object(Reflect.get(Object(document), 'data')), 'attributes'));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length >= SHORTEST ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
