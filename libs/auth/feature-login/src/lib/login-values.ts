import { type FieldCode, LIMITS, codePointLength } from '@support-chat/contracts';

export const LOGIN_FIELDS = ['name', 'email', 'password'] as const;
export type LoginField = (typeof LOGIN_FIELDS)[number];

export type LoginMode = 'sign-in' | 'register';

export type LoginValues = Record<LoginField, string>;
export type LoginErrors = Partial<Record<LoginField, FieldCode | 'email_taken'>>;

/** What stands in the form; a password is taken as it was typed. */
export function readValues(form: HTMLFormElement): LoginValues {
  const data = new FormData(form);
  const text = (field: LoginField) => {
    const value = data.get(field);
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name').trim(), email: text('email').trim(), password: text('password') };
}

/** What is wrong before the server is asked; the server has the last word. */
export function findErrors(mode: LoginMode, values: LoginValues): LoginErrors {
  const errors: LoginErrors = {};
  const password = codePointLength(values.password);
  if (!/^[^\s@]+@[^\s@]+$/.test(values.email)) errors.email = 'bad_format';
  if (codePointLength(values.email) > LIMITS.emailMaxLength) errors.email = 'too_long';
  if (password > LIMITS.passwordMaxLength) errors.password = 'too_long';
  if (mode === 'register') {
    if (password < LIMITS.passwordMinLength) errors.password = 'too_short';
    if (codePointLength(values.name) > LIMITS.nameMaxLength) errors.name = 'too_long';
    if (values.name === '') errors.name = 'required';
  }
  if (values.email === '') errors.email = 'required';
  if (values.password === '') errors.password = 'required';
  return errors;
}
