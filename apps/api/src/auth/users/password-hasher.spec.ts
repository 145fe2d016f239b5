import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '@node-rs/argon2';
import { PasswordHasher } from './password-hasher';

describe('password hasher', () => {
  const hasher = new PasswordHasher();

  it('uses argon2id with the parameters of OWASP, and a salt each time', async () => {
    const [one, two] = await Promise.all([hasher.hash('password'), hasher.hash('password')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(parseOptions(one)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(one).not.toBe(two);
  });

  it('knows the password exactly as typed', async () => {
    const hash = await hasher.hash(' Pässwörd 😀 ');
    expect(await hasher.verify(hash, ' Pässwörd 😀 ')).toBe(true);
    expect(await hasher.verify(hash, 'Pässwörd 😀')).toBe(false);
    expect(await hasher.verify(hash, ' pässwörd 😀 ')).toBe(false);
  });

  it('tells beyond the 72nd byte, where bcrypt would not', async () => {
    const hash = await hasher.hash(`${'x'.repeat(255)}a`);
    expect(await hasher.verify(hash, `${'x'.repeat(255)}b`)).toBe(false);
  });

  it('A034 is false for nobody, whatever the password', async () => {
    expect(await hasher.verify(null, '')).toBe(false);
    expect(await hasher.verify(null, 'password')).toBe(false);
  });
});
