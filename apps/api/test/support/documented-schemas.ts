import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';

type Schema = Record<string, unknown>;

/** Checks real answers and frames against the schemas of the OpenAPI document. */
export class DocumentedSchemas {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });

  constructor(document: OpenAPIObject) {
    for (const [name, format] of Object.entries(fullFormats)) this.ajv.addFormat(name, format);
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      this.ajv.addSchema(toJsonSchema(schema) as Schema, name);
    }
  }

  /** The check of a schema as it stands in the document. */
  compile(schema: object): ValidateFunction {
    return this.ajv.compile(toJsonSchema(schema) as Schema);
  }
}

/**
 * OpenAPI 3.0 as JSON Schema: `nullable` lets null through by the type beside it and by nothing else,
 * and no answer may say more than it, unless it says so.
 */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, ...rest } = schema as Schema;
  const result = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]),
  );
  if (result['properties']) result['additionalProperties'] ??= false;
  if (typeof result['$ref'] === 'string')
    result['$ref'] = result['$ref'].replace('#/components/schemas/', '');
  if (nullable && result['type'] !== undefined) result['type'] = [result['type'], 'null'];
  return result;
}
