import { Service, computed, inject, signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import {
  type Failure,
  type LoginBody,
  type RegisterBody,
  type Session,
  type User,
  readFailure,
} from '@support-chat/contracts';
import { type Observable, filter, firstValueFrom } from 'rxjs';
import { AuthApi } from './auth.api';
import { PAGE_RELOAD } from './page-reload';
import { SessionChannel } from './session-channel';
import { SIGN_OUT_WORK } from './sign-out-work.token';

export type SessionStatus = 'unknown' | 'signed-in' | 'signed-out';

/** A token this close to its end, or with this share of its life left, is renewed before use. */
const RENEW_AHEAD_MS = 30_000;
const RENEW_AHEAD_SHARE = 0.2;

/**
 * Who is signed in. The access token is only in memory; the browser keeps the refresh cookie.
 * Acts resolve to null, or to why they failed; they never reject.
 */
@Service()
export class SessionStore {
  private readonly api = inject(AuthApi);
  private readonly channel = inject(SessionChannel);
  private readonly reloadPage = inject(PAGE_RELOAD);
  private readonly signOutWork = inject(SIGN_OUT_WORK);
  private readonly state = signal<SessionStatus>('unknown');
  private readonly person = signal<User | null>(null);
  private readonly ended = signal(false);
  private token: { value: string; renewAt: number } | null = null;

  readonly status = this.state.asReadonly();
  /** Kept while the session is expired, so that what is on the screen stays. */
  readonly user = this.person.asReadonly();
  /** The session ended in mid-use: ask for the password again, in place. */
  readonly expired = computed(() => this.ended() && this.state() === 'signed-in');
  private readonly status$ = toObservable(this.status);

  register(body: RegisterBody): Promise<Failure | null> {
    return this.enter(this.api.register(body));
  }

  signIn(body: LoginBody): Promise<Failure | null> {
    return this.enter(this.api.login(body));
  }

  /**
   * Fails when the server could not be told: then the session still lives. `before` runs when it
   * is certain, while the person is still known.
   */
  async signOut(before?: () => void): Promise<Failure | null> {
    await this.signOutWork.run();
    try {
      await firstValueFrom(this.api.logout());
    } catch (error) {
      this.signOutWork.undo();
      return readFailure(error);
    }
    before?.();
    this.leave();
    this.channel.tell('signed-out');
    return null;
  }

  /** Resolves once it is known whether somebody is signed in. */
  async whenKnown(): Promise<SessionStatus> {
    return firstValueFrom(this.status$.pipe(filter((status) => status !== 'unknown')));
  }

  /** The access token, unless it is missing, ended or about to end. */
  freshToken(): string | null {
    return this.token && Date.now() < this.token.renewAt ? this.token.value : null;
  }

  /** When the access token wants to be renewed, in milliseconds; the past without one. */
  renewAt(): number {
    return this.token?.renewAt ?? 0;
  }

  /** Whether asking for a new token has a chance. */
  canRenew(): boolean {
    return this.state() === 'signed-in' && !this.ended();
  }

  /** The server refused this token; a newer one stays. */
  forgetToken(value: string): void {
    if (this.token?.value === value) this.token = null;
  }

  /**
   * Takes the session of an answer. One of another person, or with another role, is not taken: the
   * app starts afresh, and nothing that only the one before may see or do is left.
   */
  adopt(session: Session): boolean {
    const before = this.person();
    const { id, role } = session.user;
    if (before && (before.id !== id || before.role !== role)) {
      this.reloadPage();
      return false;
    }
    const lifetime = session.expires_in * 1000;
    const ahead = Math.min(RENEW_AHEAD_MS, lifetime * RENEW_AHEAD_SHARE);
    this.token = { value: session.access_token, renewAt: Date.now() + lifetime - ahead };
    this.person.set(session.user);
    this.ended.set(false);
    this.state.set('signed-in');
    return true;
  }

  /** The server no longer accepts the session. */
  expire(): void {
    this.token = null;
    if (this.person()) this.ended.set(true);
    else this.state.set('signed-out');
  }

  /** Somebody signed out, here or in another tab. */
  leave(): void {
    this.token = null;
    this.person.set(null);
    this.ended.set(false);
    this.state.set('signed-out');
  }

  private async enter(answer: Observable<Session>): Promise<Failure | null> {
    try {
      this.adopt(await firstValueFrom(answer));
    } catch (error) {
      return readFailure(error);
    }
    this.channel.tell('signed-in');
    return null;
  }
}
