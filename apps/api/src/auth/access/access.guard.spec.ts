import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext, Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { UserRole } from '@support-chat/contracts';
import { Public } from '../../platform/http/public.decorator';
import { Access } from './access.decorator';
import { AccessGuard } from './access.guard';
import type { Caller } from './caller';
import type { CallerMemory } from './caller-memory';
import type { Identities } from './identities';
import { Sightings } from './sightings';

class Unmarked {
  closed(): string {
    return 'closed';
  }

  @Public()
  open(): string {
    return 'open';
  }

  @Access('any')
  any(): string {
    return 'any';
  }

  @Access('user')
  user(): string {
    return 'user';
  }

  @Access('admin')
  admin(): string {
    return 'admin';
  }
}

@Public()
class Open extends Unmarked {}

@Access('any')
class AnySignedIn extends Unmarked {}

@Access('admin')
class AdminsOnly extends Unmarked {}

const asCaller = (role: UserRole): Caller => ({
  id: 1,
  email: 'sam@school.test',
  name: 'Sam',
  role,
  createdAt: new Date(),
  sessionFamily: 'family',
});

/** What the guard says to a route for a caller it remembers, or for nobody. */
function verdict(route: Type<Unmarked>, method: keyof Unmarked, role: UserRole | null): unknown {
  const memory = { find: () => role && asCaller(role) } as unknown as CallerMemory;
  const guard = new AccessGuard(new Reflector(), memory, {} as Identities, new Sightings());
  const authorization = 'Bearer a.b.c';
  const raw = role
    ? { headers: { authorization }, rawHeaders: ['authorization', authorization] }
    : { headers: {}, rawHeaders: [] };
  const context = {
    getHandler: () => (route.prototype as Unmarked)[method],
    getClass: () => route,
    switchToHttp: () => ({ getRequest: () => ({ raw }) }),
  } as unknown as ExecutionContext;
  try {
    return guard.canActivate(context);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** For nobody, a student and an admin. */
function verdicts(route: Type<Unmarked>, method: keyof Unmarked): unknown[] {
  return [null, 'user' as const, 'admin' as const].map((role) => verdict(route, method, role));
}

const SIGN_IN = 'unauthenticated';
const NO = 'forbidden';

describe('access guard', () => {
  it('A018 is closed to everyone where a route has no mark', () => {
    expect(verdicts(Unmarked, 'closed')).toEqual([NO, NO, NO]);
  });

  it('A018 A019 lets in whom the mark names, at once where the token is known', () => {
    expect(verdicts(Unmarked, 'open')).toEqual([true, true, true]);
    expect(verdicts(Unmarked, 'any')).toEqual([SIGN_IN, true, true]);
    expect(verdicts(Unmarked, 'user')).toEqual([SIGN_IN, true, NO]);
    expect(verdicts(Unmarked, 'admin')).toEqual([SIGN_IN, NO, true]);
  });

  it("takes a class's mark for its unmarked routes", () => {
    expect(verdicts(Open, 'closed')).toEqual([true, true, true]);
    expect(verdicts(AnySignedIn, 'closed')).toEqual([SIGN_IN, true, true]);
    expect(verdicts(AdminsOnly, 'closed')).toEqual([SIGN_IN, NO, true]);
  });

  it('never weakens a route by the mark of its class', () => {
    expect(verdicts(Open, 'admin')).toEqual([SIGN_IN, NO, true]);
    expect(verdicts(Open, 'any')).toEqual([SIGN_IN, true, true]);
    expect(verdicts(AnySignedIn, 'admin')).toEqual([SIGN_IN, NO, true]);
  });

  it('never weakens a class by the mark of a route', () => {
    expect(verdicts(AdminsOnly, 'open')).toEqual([SIGN_IN, NO, true]);
    expect(verdicts(AdminsOnly, 'any')).toEqual([SIGN_IN, NO, true]);
    expect(verdicts(AdminsOnly, 'user')).toEqual([SIGN_IN, NO, NO]);
  });
});
