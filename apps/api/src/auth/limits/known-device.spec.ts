import { describe, expect, it } from '@jest/globals';
import { KnownDevice } from './known-device';

describe('known device', () => {
  const devices = new KnownDevice({ jwtSecret: 'x'.repeat(32) });
  const mark = devices.newMark('sam@school.test');
  const [device = '', signature = ''] = mark.split('.');

  it('knows its own mark, for the account it was made for', () => {
    expect(devices.read(mark, ' SAM@school.test')).toBe(device);
    expect(devices.read(mark, 'ada@school.test')).toBeNull();
    expect(devices.newMark('sam@school.test')).not.toBe(mark);
  });

  it.each([
    undefined,
    '',
    '.',
    device,
    `${device}.`,
    `.${signature}`,
    `${device}x.${signature}`,
    `${mark}.x`,
    `${mark}x`,
  ])('A035 believes no forged mark %j', (forged) => {
    expect(devices.read(forged, 'sam@school.test')).toBeNull();
  });

  it('believes no mark of another installation', () => {
    const other = new KnownDevice({ jwtSecret: 'y'.repeat(32) });
    expect(other.read(mark, 'sam@school.test')).toBeNull();
  });
});
