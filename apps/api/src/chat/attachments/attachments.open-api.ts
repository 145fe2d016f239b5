import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiPartialContentResponse } from '@nestjs/swagger';
import { ApiTaggedResponse, ETAG_HEADER } from '../../platform/http/open-api.decorators';

const FILE = { schema: { type: 'string', format: 'binary' } } as const;
const CONTENT_RANGE = { schema: { type: 'string' }, example: 'bytes 0-1023/4096' } as const;

/** Describes the answers with a file of one of these types, or a part of it. */
export function ApiFileResponse(types: readonly string[]): MethodDecorator {
  const content = Object.fromEntries(types.map((type) => [type, FILE]));
  return applyDecorators(
    ApiTaggedResponse({ description: 'The whole file', content }),
    ApiHeader({ name: 'Range', required: false, example: 'bytes=0-1023' }),
    ApiHeader({ name: 'If-Range', required: false, description: 'The `ETag` the part belongs to' }),
    ApiPartialContentResponse({
      description: 'The part asked for',
      content,
      headers: { ...ETAG_HEADER, 'Content-Range': CONTENT_RANGE },
    }),
  );
}
