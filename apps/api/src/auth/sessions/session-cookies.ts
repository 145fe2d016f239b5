import type { CookieSerializeOptions } from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { UserRole } from '@support-chat/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../../platform/config/settings';
import { isRefreshToken } from '../refresh/refresh-token';
import { REFRESH_DAYS } from '../refresh/refresh.statements';
import { appOfRole, CLIENT_APPS, namedApp, type ClientApp } from './client-app';

const DAY_SECONDS = 86_400;
const DEVICE_DAYS = 365;

const refreshCookie = (app: ClientApp): string => `support_chat_refresh_${app}`;
const deviceCookie = (app: ClientApp): string => `support_chat_device_${app}`;

/** One app's refresh token as a browser showed it. */
export interface ShownToken {
  app: ClientApp;
  token: string;
}

/**
 * The cookies of the two apps: no script can read them, no other site can send them, and only the
 * auth routes get them. A call that does not name its app means every app it has a cookie of.
 */
@Injectable()
export class SessionCookies {
  private readonly isPublicHttps: boolean;

  constructor({ publicUrl }: Settings) {
    this.isPublicHttps = publicUrl?.startsWith('https:') ?? false;
  }

  shownTokens({ headers, cookies }: FastifyRequest): ShownToken[] {
    const named = namedApp(headers['x-app']);
    const apps = named === undefined ? CLIENT_APPS : [named];
    return apps.flatMap((app) => {
      const token = cookies[refreshCookie(app)];
      return isRefreshToken(token) ? [{ app, token }] : [];
    });
  }

  /** The mark of whichever app's sign-in this is; whether it fits the account is for others to say. */
  deviceMark({ headers, cookies }: FastifyRequest): string | undefined {
    const named = namedApp(headers['x-app']);
    const apps = named === undefined ? CLIENT_APPS : [named];
    return apps.map((app) => cookies[deviceCookie(app)]).find((mark) => mark !== undefined);
  }

  /** A client that names no app has one session: the new one takes the place of any other. */
  signIn(reply: FastifyReply, role: UserRole, token: string, deviceMark: string): void {
    const named = namedApp(reply.request.headers['x-app']);
    const app = named ?? appOfRole(role);
    this.renew(reply, { app, token });
    void reply.setCookie(deviceCookie(app), deviceMark, this.options(reply, DEVICE_DAYS));
    for (const other of this.shownTokens(reply.request)) {
      if (other.app !== app) this.clear(reply, other.app);
    }
  }

  renew(reply: FastifyReply, { app, token }: ShownToken): void {
    void reply.setCookie(refreshCookie(app), token, this.options(reply, REFRESH_DAYS));
  }

  clear(reply: FastifyReply, app: ClientApp): void {
    void reply.setCookie(refreshCookie(app), '', this.options(reply, 0));
  }

  private options({ request }: FastifyReply, days: number): CookieSerializeOptions {
    return {
      httpOnly: true,
      sameSite: 'strict',
      path: '/api/auth',
      secure: this.isPublicHttps || request.protocol === 'https',
      maxAge: days * DAY_SECONDS,
    };
  }
}
