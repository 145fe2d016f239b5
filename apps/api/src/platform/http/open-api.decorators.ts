import { ApiSecurity } from '@nestjs/swagger';

/** Describes a route that asks for no access token; all others are described as asking for one. */
export function ApiNoToken(): MethodDecorator & ClassDecorator {
  return ApiSecurity({});
}
