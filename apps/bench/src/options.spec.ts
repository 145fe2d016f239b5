import { readOptions } from './options';

describe('readOptions', () => {
  it('measures a million messages against ten thousand by default', () => {
    expect(readOptions([])).toMatchObject({ messages: 1_000_000, baseline: 10_000, rounds: 3 });
  });

  it('takes figures and a scenario', () => {
    expect(readOptions(['--messages', '5000000', '--seconds=1', '--scenario=send'])).toMatchObject({
      messages: 5_000_000,
      seconds: 1,
      scenario: 'send',
    });
  });

  it('refuses what it does not know', () => {
    expect(() => readOptions(['--fast'])).toThrow('--fast');
    expect(() => readOptions(['--messages', 'many'])).toThrow('--messages');
  });
});
