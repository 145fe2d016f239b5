import { LIMITS, codePointLength } from '@support-chat/contracts';

/** Why a value cannot be used, for the table of faults. Never contains the value: it may be a secret. */
export class SettingFault extends Error {}

type Reader<T> = (raw: string) => T;

const EMAIL = /^[^\s@]+@[^\s@]+$/;

export function wholeNumber(min: number, max: number): Reader<number> {
  return (raw) => {
    const value = /^\d{1,10}$/.test(raw) ? Number(raw) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new SettingFault(`must be a whole number from ${min} to ${max}`);
  };
}

export const onOff: Reader<boolean> = (raw) => {
  const value = raw.toLowerCase();
  if (['on', 'true', '1', 'yes'].includes(value)) return true;
  if (['off', 'false', '0', 'no'].includes(value)) return false;
  throw new SettingFault('must be on or off');
};

export function oneOf<T extends string>(choices: readonly T[]): Reader<T> {
  return (raw) => {
    const choice = choices.find((candidate) => candidate === raw.toLowerCase());
    if (choice !== undefined) return choice;
    throw new SettingFault(`must be one of ${choices.join(', ')}`);
  };
}

export function url(...protocols: string[]): Reader<string> {
  return (raw) => {
    const parsed = URL.canParse(raw) ? new URL(raw) : null;
    if (parsed && protocols.includes(parsed.protocol)) return raw.replace(/\/+$/, '');
    throw new SettingFault(
      `must be a ${protocols.map((name) => `${name}//`).join(' or ')} address`,
    );
  };
}

/** Paths are put behind it as they are. */
export const siteAddress: Reader<string> = (raw) => {
  const parsed = URL.canParse(raw) ? new URL(raw) : null;
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.href === `${parsed.origin}/`) {
    return parsed.origin;
  }
  throw new SettingFault('must be an address such as https://chat.school.example, without a path');
};

export function list<T>(read: Reader<T>): Reader<T[]> {
  return (raw) =>
    raw
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(read);
}

export const origin: Reader<string> = (raw) => {
  const parsed = URL.canParse(raw) ? new URL(raw) : null;
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.origin === raw.replace(/\/$/, '')) {
    return parsed.origin;
  }
  throw new SettingFault('must list origins such as https://school.example');
};

export const proxyAddress: Reader<string> = (raw) => {
  if (/^[0-9a-f.:]+(\/\d{1,3})?$/i.test(raw)) return raw;
  throw new SettingFault('must list IP addresses or CIDR ranges');
};

/**
 * A push service: `host` or `*.host`, with `:port`, and with `http://` where it has no TLS. A port
 * that goes without saying is left out, as in the addresses it is compared with.
 */
export const pushHost: Reader<string> = (raw) => {
  if (/^(http:\/\/)?(\*\.)?([a-z\d.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(raw)) {
    return raw.replace(/^http:/i.test(raw) ? /:0*80$/ : /:0*443$/, '');
  }
  throw new SettingFault('must list host names such as push.school.example');
};

export const hostName: Reader<string> = (raw) => {
  if (/^[\w.:[\]-]+$/.test(raw)) return raw;
  throw new SettingFault('must be a host name or IP address');
};

export const text: Reader<string> = (raw) => raw;

export const bucketName: Reader<string> = (raw) => {
  if (/^[\da-z][\d.a-z-]{1,61}[\da-z]$/.test(raw)) return raw;
  throw new SettingFault('must be 3 to 63 lower-case letters, digits, dots or hyphens');
};

export const secret: Reader<string> = (raw) => {
  if (Buffer.byteLength(raw) < 32) throw new SettingFault('must have at least 32 bytes');
  if (new Set(raw).size < 8) throw new SettingFault('must be random, not a repeated pattern');
  return raw;
};

export const email: Reader<string> = (raw) => {
  if (EMAIL.test(raw) && codePointLength(raw) <= LIMITS.emailMaxLength) return raw;
  throw new SettingFault('must be an e-mail address');
};

/** An address, or a name with an address in angle brackets. */
export const mailbox: Reader<string> = (raw) => {
  const address = /^[^<>\p{Cc}]*<([^<>]*)>$/u.exec(raw)?.[1] ?? raw;
  if (EMAIL.test(address)) return raw;
  throw new SettingFault('must be an e-mail address, or a name and an address in <>');
};

export const password: Reader<string> = (raw) => {
  const length = codePointLength(raw);
  if (length >= LIMITS.passwordMinLength && length <= LIMITS.passwordMaxLength) return raw;
  throw new SettingFault(
    `must have ${LIMITS.passwordMinLength} to ${LIMITS.passwordMaxLength} characters`,
  );
};
