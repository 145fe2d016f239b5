import { LIMITS, codePointLength, type FieldCode } from '@support-chat/contracts';
import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationOptions } from 'class-validator';

const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u;

/** Takes surrounding white space off before the other rules look at the text. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim() : value,
  );
}

/** A string of `min` to `max` Unicode code points. */
export function TextLength(min: number, max: number): PropertyDecorator {
  return combine(
    rule('wrong_type', 'must be text', isText),
    rule('too_short', `must have at least ${min} characters`, (value) => {
      return !isText(value) || codePointLength(value) >= min;
    }),
    rule('too_long', `must have at most ${max} characters`, (value) => {
      // A code point has at most two units, so most texts need no counting.
      return !isText(value) || value.length <= max || codePointLength(value) <= max;
    }),
  );
}

/** Text that shows something: not only white space, zero-width or control characters. */
export function HasVisibleText(): PropertyDecorator {
  return rule('too_short', 'must not be empty', (value) => !isText(value) || VISIBLE.test(value));
}

/** A string that matches a pattern. */
export function TextFormat(pattern: RegExp, detail: string): PropertyDecorator {
  return rule('bad_format', detail, (value) => !isText(value) || pattern.test(value));
}

/** A UUID of any version (RFC 9562), in either case. */
export function UuidText(): PropertyDecorator {
  const pattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
  return combine(rule('wrong_type', 'must be text', isText), TextFormat(pattern, 'must be a UUID'));
}

/** True or false. */
export function Flag(): PropertyDecorator {
  return rule('wrong_type', 'must be true or false', (value) => typeof value === 'boolean');
}

/** One of the listed words. */
export function AllowedWord(words: readonly string[]): PropertyDecorator {
  return combine(
    rule('wrong_type', 'must be text', isText),
    rule('not_allowed', `must be one of: ${words.join(', ')}`, (value) => {
      return !isText(value) || words.includes(value);
    }),
  );
}

/** A list of some of these words. */
export function AllowedWords(words: readonly string[]): PropertyDecorator {
  return combine(
    rule('wrong_type', 'must be a list of text', (value) => {
      return Array.isArray(value) && value.every(isText);
    }),
    rule('not_allowed', `must list some of: ${words.join(', ')}`, (value) => {
      return (
        !Array.isArray(value) ||
        value.every((word: unknown) => !isText(word) || words.includes(word))
      );
    }),
  );
}

/** An exact integer from `min` to `max`; no strings, fractions or numbers beyond 2^53. */
export function WholeNumber(min: number, max: number = LIMITS.idMax): PropertyDecorator {
  return combine(
    rule('wrong_type', 'must be a whole number', Number.isInteger),
    rule('out_of_range', `must be from ${min} to ${max}`, (value) => inRange(value, min, max)),
  );
}

/** A list of `min` to `max` ids. */
export function IdList(min: number, max: number): PropertyDecorator {
  return combine(
    rule('wrong_type', 'must be a list of whole numbers', (value) => {
      return Array.isArray(value) && value.every(Number.isInteger);
    }),
    rule('out_of_range', `must list ${min} to ${max} ids`, (value) => {
      return !Array.isArray(value) || (value.length >= min && value.length <= max);
    }),
    rule('out_of_range', `must hold ids from 1 to ${LIMITS.idMax}`, (value) => {
      return !Array.isArray(value) || value.every((id) => inRange(id, 1));
    }),
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function inRange(value: unknown, min: number, max: number = LIMITS.idMax): boolean {
  return !Number.isInteger(value) || (Number(value) >= min && Number(value) <= max);
}

/** One check; its name is the field code that `BodyValidationPipe` reports. */
export function rule(
  code: FieldCode,
  detail: string,
  validate: (value: unknown) => boolean,
  options?: ValidationOptions,
): PropertyDecorator {
  return ValidateBy({ name: code, validator: { validate, defaultMessage: () => detail } }, options);
}

function combine(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
