import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { FIELD_CODES, type FieldCode, type FieldProblem } from '@support-chat/contracts';
import * as transformerPackage from 'class-transformer';
import * as validatorPackage from 'class-validator';
import type { ValidationError } from 'class-validator';
import { EmptyBody } from './empty-body';
import { UnreadableBody } from './json-body';
import { ProblemError } from './problem.error';

const MAX_REPORTED_ERRORS = 20;
const MAX_FIELD_NAME_LENGTH = 64;

/**
 * Checks every body against its DTO: unknown fields are refused, nothing is converted.
 * Fails with the problem of an unreadable body, or `validation_failed` with a code per field.
 */
@Injectable()
export class BodyValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      // Given rather than loaded by name: in a bundle such a late import lacks the named exports.
      transformerPackage,
      validatorPackage,
      exceptionFactory: (errors) => ProblemError.invalid(...toFieldProblems(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body') return value;
    if (value instanceof UnreadableBody) throw value.problem;
    const body = value ?? {};
    if (typeof body !== 'object' || Array.isArray(body) || value === null) {
      throw ProblemError.invalid({ field: '', code: 'wrong_type', detail: 'must be an object' });
    }
    if (metadata.metatype === EmptyBody) return refuseFields(body);
    return super.transform(body, metadata) as Promise<unknown>;
  }
}

/** class-validator has no rule for a class without fields. */
function refuseFields(body: object): EmptyBody {
  const unknown = Object.keys(body).slice(0, MAX_REPORTED_ERRORS);
  if (unknown.length === 0) return new EmptyBody();
  const detail = 'is not a field';
  throw ProblemError.invalid(
    ...unknown.map((name) => ({
      field: name.slice(0, MAX_FIELD_NAME_LENGTH),
      code: 'unknown_field' as const,
      detail,
    })),
  );
}

function toFieldProblems(errors: ValidationError[]): FieldProblem[] {
  return errors.slice(0, MAX_REPORTED_ERRORS).map((error) => ({
    field: error.property.slice(0, MAX_FIELD_NAME_LENGTH),
    ...codeAndDetail(error),
  }));
}

function codeAndDetail({ constraints = {}, value }: ValidationError): Omit<FieldProblem, 'field'> {
  if ('whitelistValidation' in constraints)
    return { code: 'unknown_field', detail: 'is not a field' };
  if (value === undefined || value === null) return { code: 'required', detail: 'is required' };
  const code = (FIELD_CODES as readonly FieldCode[]).find((candidate) => candidate in constraints);
  if (code === undefined) return { code: 'wrong_type', detail: 'is not acceptable' };
  return { code, detail: constraints[code] ?? 'is not acceptable' };
}
