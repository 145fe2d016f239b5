import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemModel } from './problem.model';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const CHALLENGE = { 'WWW-Authenticate': { schema: { type: 'string', enum: ['Bearer'] } } };

/** The OpenAPI document of all routes. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const info = new DocumentBuilder()
    .setTitle('Support Chat')
    .setDescription('Students ask, admins answer. Every error is an RFC 9457 problem.')
    .setVersion('1')
    .addBearerAuth()
    .addApiKey(
      { type: 'apiKey', in: 'query', name: 'link', description: 'Of a file, in place of a token' },
      'link',
    )
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, info, { extraModels: [ProblemModel] });
  return withNullableModels(withProblems(document));
}

/** `/api/docs` shows the document and `/api/docs-json` is it; made when first asked for. */
export function setUpOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/docs-json',
  });
}

function withProblems(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete]) {
      if (operation) describeErrors(operation);
    }
  }
  return document;
}

/** Every error has the same body, and a bad token the same answer wherever one is asked for. */
function describeErrors({ responses, security }: Operation): void {
  const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemModel) } } };
  const isOpen = security?.some((scheme) => Object.keys(scheme).length === 0);
  if (!isOpen) responses[401] ??= { description: 'unauthenticated or token_expired' };
  responses.default = { description: 'Any error', content };
  for (const [status, response] of Object.entries(responses)) {
    if (!/^[45]/.test(status) || !response || '$ref' in response) continue;
    response.content ??= content;
    if (status === '401') response.headers = CHALLENGE;
  }
}

/** By OpenAPI 3.0 null must suit every part of a schema, and it suits none of our models. */
function withNullableModels(document: OpenAPIObject): OpenAPIObject {
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    if ('$ref' in schema) continue;
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if ('$ref' in property || !property.nullable || !property.allOf) continue;
      const { allOf, description } = property;
      const anyOf = [...allOf, { type: 'object', nullable: true, enum: [null] }];
      schema.properties = { ...schema.properties, [name]: { description, anyOf } };
    }
  }
  return document;
}
