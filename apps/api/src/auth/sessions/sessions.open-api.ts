import { applyDecorators } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { ApiNoToken } from '../../platform/http/open-api.decorators';
import { CLIENT_APPS } from './client-app';
import { SessionModel } from './dto/session.model';
import { UserModel } from './dto/user.model';

const XApp = (): MethodDecorator =>
  ApiHeader({
    name: 'X-App',
    required: false,
    schema: { type: 'string', enum: [...CLIENT_APPS] },
    description: 'Whose session this is; each app of the origin has its own cookie',
  });

const refusals = (descriptions: Record<number, string>): MethodDecorator[] =>
  Object.entries(descriptions).map(([status, description]) =>
    ApiResponse({ status: Number(status), description }),
  );

export const SessionsApi = (): ClassDecorator => applyDecorators(ApiTags('auth'));

export const RegisterApi = (): MethodDecorator =>
  applyDecorators(
    ApiNoToken(),
    XApp(),
    ApiOperation({ operationId: 'register', summary: 'Make an account and sign in' }),
    ApiCreatedResponse({ type: SessionModel }),
    ...refusals({
      400: 'validation_failed',
      403: 'registration_closed',
      409: 'email_taken',
      429: 'rate_limited',
    }),
  );

export const LoginApi = (): MethodDecorator =>
  applyDecorators(
    ApiNoToken(),
    XApp(),
    ApiOperation({ operationId: 'login', summary: 'Sign in' }),
    ApiOkResponse({ type: SessionModel }),
    ...refusals({ 400: 'validation_failed', 401: 'bad_credentials', 429: 'rate_limited' }),
  );

export const RefreshApi = (): MethodDecorator =>
  applyDecorators(
    ApiNoToken(),
    XApp(),
    ApiOperation({ operationId: 'refresh', summary: 'A new access token for the refresh cookie' }),
    ApiOkResponse({ type: SessionModel }),
    ...refusals({ 401: 'unauthenticated', 403: 'forbidden: called by another site' }),
  );

export const LogoutApi = (): MethodDecorator =>
  applyDecorators(
    ApiNoToken(),
    XApp(),
    ApiOperation({ operationId: 'logout', summary: 'End the session, everywhere at once' }),
    ApiNoContentResponse(),
    ...refusals({ 403: 'forbidden: called by another site' }),
  );

export const MeApi = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId: 'getMe', summary: 'Who is signed in' }),
    ApiOkResponse({ type: UserModel }),
  );
