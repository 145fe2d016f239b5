import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AccessGuard } from './access/access.guard';
import { AccessTokens } from './access/access-tokens';
import { CallerMemory } from './access/caller-memory';
import { Callers } from './access/callers';
import { Identities } from './access/identities';
import { KnownCallers } from './access/known-callers';
import { JwtStrategy } from './access/jwt.strategy';
import { Sightings } from './access/sightings';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access/token-rules';
import { AUTH_OPTIONS, type AuthOptions } from './auth-options';
import { KnownDevice } from './limits/known-device';
import { SignInLimits } from './limits/sign-in-limits';
import { RefreshFamilies } from './refresh/refresh-families';
import { SessionCookies } from './sessions/session-cookies';
import { SessionService } from './sessions/session.service';
import { SessionsController } from './sessions/sessions.controller';
import { SignInService } from './sessions/sign-in.service';
import { SigningKeys } from './signing-keys';
import { Credentials } from './users/credentials';
import { PasswordHasher } from './users/password-hasher';
import { UserDirectory } from './users/user-directory';

/** Who is calling: accounts, sessions, and the guard over every route of the application. */
@Module({})
export class AuthModule {
  static forRoot(options: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports: [
        JwtModule.register({
          secret: options.jwtSecret,
          signOptions: {
            algorithm: TOKEN_ALGORITHM,
            issuer: TOKEN_ISSUER,
            audience: TOKEN_AUDIENCE,
          },
          verifyOptions: { algorithms: [TOKEN_ALGORITHM], ignoreExpiration: true },
        }),
      ],
      controllers: [SessionsController],
      providers: [
        { provide: AUTH_OPTIONS, useValue: options },
        { provide: APP_GUARD, useClass: AccessGuard },
        AccessTokens,
        CallerMemory,
        Callers,
        Identities,
        JwtStrategy,
        KnownCallers,
        Credentials,
        KnownDevice,
        PasswordHasher,
        RefreshFamilies,
        SessionCookies,
        SessionService,
        SignInLimits,
        Sightings,
        SignInService,
        SigningKeys,
        UserDirectory,
      ],
      exports: [Identities, KnownCallers, Sightings, SigningKeys, UserDirectory],
    };
  }
}
