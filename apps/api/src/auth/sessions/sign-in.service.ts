import { Injectable } from '@nestjs/common';
import type { LoginBody, RegisterBody } from '@support-chat/contracts';
import { ProblemError } from '../../platform/http/problem.error';
import { KnownDevice } from '../limits/known-device';
import { SignInLimits } from '../limits/sign-in-limits';
import { Credentials } from '../users/credentials';
import { SessionService, type OpenSession } from './session.service';

/** Where a sign-in comes from. */
interface Place {
  ip: string;
  /** What this browser was given when the account last signed in on it. */
  deviceMark: string | undefined;
}

/** The two ways in, both limited. */
@Injectable()
export class SignInService {
  constructor(
    private readonly limits: SignInLimits,
    private readonly devices: KnownDevice,
    private readonly credentials: Credentials,
    private readonly sessions: SessionService,
  ) {}

  /** Fails with `rate_limited`, or `bad_credentials` for unknown, wrong and disabled alike. */
  async login({ email, password }: LoginBody, { ip, deviceMark }: Place): Promise<OpenSession> {
    const device = this.devices.read(deviceMark, email);
    const opened = await this.limits.attempt({ email, ip, device }, async () => {
      const user = await this.credentials.check(email, password);
      return user && this.sessions.start(user);
    });
    if (!opened) throw badCredentials();
    return opened;
  }

  /** Fails with `rate_limited`, `registration_closed` or `email_taken`. */
  async register(body: RegisterBody, ip: string): Promise<OpenSession> {
    await this.limits.registration(ip);
    const opened = await this.sessions.register(body);
    if (!opened) throw badCredentials();
    return opened;
  }
}

function badCredentials(): ProblemError {
  return new ProblemError('bad_credentials', 'The e-mail address or the password is not right.');
}
