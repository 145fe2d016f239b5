/** A fact as the database's triggers send it (see the migrations). */
export interface Envelope {
  topic: string;
  news: unknown;
}

/** A fact that an instance tells, with its count of what it has told: 1, 2, 3 … without holes. */
export interface ToldEnvelope extends Envelope {
  from: string;
  number: number;
}

/** Null for anything that is no envelope. Fields of later versions are ignored. */
export function readEnvelope(payload: string): Envelope | ToldEnvelope | null {
  const value = parse(payload);
  if (typeof value !== 'object' || value === null) return null;
  const { topic, news, from, number } = value as Partial<Record<keyof ToldEnvelope, unknown>>;
  if (typeof topic !== 'string') return null;
  if (from === undefined) return { topic, news };
  if (typeof from !== 'string' || typeof number !== 'number') return null;
  return { topic, news, from, number };
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
