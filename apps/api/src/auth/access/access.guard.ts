import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ProblemError } from '../../platform/http/problem.error';
import { Public } from '../../platform/http/public.decorator';
import { Access, type AccessLevel } from './access.decorator';
import { bearerToken } from './bearer-token';
import type { Caller, CallerRequest } from './caller';
import { CallerMemory } from './caller-memory';
import { Identities } from './identities';
import { permit } from './permit';
import { Sightings } from './sightings';
import type { TokenClaims } from './token-rules';
import { unauthenticated } from './unauthenticated';

const CLAIMS = 'tokenClaims';
type GuardedRequest = CallerRequest & { [CLAIMS]?: TokenClaims };

/**
 * Decides every call, closed by default: a route without a mark is refused to everyone. Marks of
 * class and method add up, so none can weaken another. A token seen before is answered from memory,
 * without a promise; any other goes through passport and the database.
 */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly memory: CallerMemory,
    private readonly identities: Identities,
    private readonly sightings: Sightings,
  ) {
    super({ property: CLAIMS });
  }

  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const levels = this.levels(context);
    if (levels.length === 0) return this.admitStranger(context);
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const token = bearerToken(request.raw);
    if (token === null) throw unauthenticated();
    const known = this.memory.find(token);
    if (known === undefined) return this.authenticate(context, request, token, levels);
    return this.admit(request, known, levels);
  }

  /** Passport's verdict on the token. */
  override handleRequest<TUser = TokenClaims>(error: unknown, claims: TUser | false | null): TUser {
    if (error) throw error as Error;
    if (!claims) throw unauthenticated();
    return claims;
  }

  private async authenticate(
    context: ExecutionContext,
    request: GuardedRequest,
    token: string,
    levels: readonly AccessLevel[],
  ): Promise<boolean> {
    await super.canActivate(context);
    const claims = request[CLAIMS];
    if (!claims) throw unauthenticated();
    const caller = await this.identities.ofClaims(token, claims);
    if (!caller) throw unauthenticated();
    return this.admit(request, caller, levels);
  }

  private admit(request: GuardedRequest, caller: Caller, levels: readonly AccessLevel[]): true {
    request.user = caller;
    this.sightings.note(caller);
    return permit(caller, levels);
  }

  private admitStranger(context: ExecutionContext): boolean {
    const marks = this.reflector.getAll(Public, [context.getHandler(), context.getClass()]);
    if (marks.some((isPublic?: boolean) => isPublic)) return true;
    throw new ProblemError('forbidden', 'Your role may not do this.');
  }

  private levels(context: ExecutionContext): AccessLevel[] {
    const marks = this.reflector.getAll(Access, [context.getHandler(), context.getClass()]);
    return marks.filter((level?: AccessLevel) => level !== undefined);
  }
}
