import { applyDecorators } from '@nestjs/common';
import {
  ApiHeader,
  ApiNotModifiedResponse,
  ApiOkResponse,
  ApiSecurity,
  type ApiResponseNoStatusOptions,
} from '@nestjs/swagger';

/** The header of answers that carry a tag. */
export const ETAG_HEADER = {
  ETag: { description: 'Of this version', schema: { type: 'string' } },
} as const;

/** Describes a route that asks for no access token; all others are described as asking for one. */
export function ApiNoToken(): MethodDecorator & ClassDecorator {
  return ApiSecurity({});
}

/** Describes a 200 with a tag, and the 304 for whoever has it already. */
export function ApiTaggedResponse(options: ApiResponseNoStatusOptions): MethodDecorator {
  return applyDecorators(
    ApiHeader({ name: 'If-None-Match', required: false, description: 'The `ETag` held already' }),
    ApiOkResponse({ ...options, headers: ETAG_HEADER }),
    ApiNotModifiedResponse({ description: 'Nothing is new', headers: ETAG_HEADER }),
  );
}
