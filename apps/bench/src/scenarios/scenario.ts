import type { Request } from '../driver/request';
import type { Stage } from '../stage';

/** Gives one request after the other; made anew for each round. */
export type Traffic = () => Request;

/** Something people do with the chat, measured on its own. */
export interface Scenario {
  /** For `--scenario` and the JSON. */
  readonly id: string;
  readonly title: string;
  readonly traffic: (stage: Stage) => Traffic | Promise<Traffic>;
  /** What it is measured against, round by round in turn. */
  readonly against?: Rival;
  /** Measured again after hundreds of unread messages have piled up in each conversation. */
  readonly alsoPiledUp?: boolean;
}

export interface Rival {
  readonly title: string;
  readonly server: 'bare' | 'api';
  readonly traffic: (stage: Stage) => Traffic | Promise<Traffic>;
}

/** Goes round and round through a list. */
export function inTurn<T>(items: readonly T[]): () => T {
  let next = 0;
  return () => {
    const item = items[next % items.length];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    next += 1;
    return item;
  };
}

/** A whole number from `min` to `max`. */
export function randomBetween(min: number, max: number): number {
  return min + Math.floor(Math.random() * (max - min + 1));
}
