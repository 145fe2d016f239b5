import { ATTACHMENT_TYPES, IMAGE_TYPES } from '@support-chat/contracts';
import { POLICY, fileOf } from '../testing/files';
import { FILE_ENDINGS, acceptOf, checkFile } from './file-check';

describe('checkFile', () => {
  it('ux-33 knows before the upload what is too large, empty or of a wrong kind', () => {
    expect(checkFile(fileOf('a.pdf', 'application/pdf', 1000), POLICY)).toBeNull();
    expect(checkFile(fileOf('a.pdf', 'application/pdf', 1001), POLICY)).toBe('size');
    expect(checkFile(fileOf('a.pdf', 'application/pdf', 0), POLICY)).toBe('empty');
    expect(checkFile(fileOf('a.exe', 'application/x-msdownload'), POLICY)).toBe('type');
    expect(checkFile(fileOf('a.svg', 'image/svg+xml'), POLICY)).toBe('type');
  });

  it.each(ATTACHMENT_TYPES)('takes %s by its name where the browser knows no type', (type) => {
    for (const ending of FILE_ENDINGS[type]) {
      expect(checkFile(fileOf(`Homework 1.${ending.toUpperCase()}`, ''), POLICY)).toBeNull();
    }
  });

  it('takes a ZIP by whatever name a system has for its type', () => {
    expect(checkFile(fileOf('a.zip', 'application/x-zip-compressed'), POLICY)).toBeNull();
  });

  it('leaves to the server what may be plain text, unless text is not allowed', () => {
    const images = { ...POLICY, allowed_types: [...IMAGE_TYPES] };
    for (const [name, type] of [
      ['main.py', 'text/x-python'],
      ['data.json', 'application/json'],
      ['Makefile', ''],
    ] as const) {
      expect(checkFile(fileOf(name, type), POLICY)).toBeNull();
      expect(checkFile(fileOf(name, type), images)).toBe('type');
    }
  });

  it('offers the allowed kinds in the choice of files', () => {
    const policy = { ...POLICY, allowed_types: ['image/jpeg', 'application/pdf'] as const };
    expect(acceptOf({ ...policy, allowed_types: [...policy.allowed_types] })).toBe(
      'image/jpeg,.jpg,.jpeg,application/pdf,.pdf',
    );
  });
});
