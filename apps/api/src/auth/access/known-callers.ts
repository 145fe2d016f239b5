import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { bearerToken } from './bearer-token';
import type { Caller } from './caller';
import { CallerMemory } from './caller-memory';
import { Sightings } from './sightings';

/** Who sends a request, as far as memory knows. */
@Injectable()
export class KnownCallers {
  constructor(
    private readonly memory: CallerMemory,
    private readonly sightings: Sightings,
  ) {}

  /** Undefined wherever the guard would refuse, or have to ask the database. */
  find(request: IncomingMessage): Caller | undefined {
    const token = bearerToken(request);
    const caller = token === null ? undefined : this.memory.find(token);
    if (caller) this.sightings.note(caller);
    return caller;
  }
}
