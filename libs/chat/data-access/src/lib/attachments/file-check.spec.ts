import { ATTACHMENT_ENDINGS, ATTACHMENT_TYPES, IMAGE_TYPES } from '@support-chat/contracts';
import { POLICY, fileOf } from '../testing/files';
import { acceptOf, checkFile } from './file-check';

describe('checkFile', () => {
  it('ux-33 knows before the upload what is too large, empty or of a wrong kind', () => {
    expect(checkFile(fileOf('a.pdf', 'application/pdf', 1000), POLICY)).toBeNull();
    expect(checkFile(fileOf('a.pdf', 'application/pdf', 1001), POLICY)).toBe('size');
    expect(checkFile(fileOf('a.pdf', 'application/pdf', 0), POLICY)).toBe('empty');
    expect(checkFile(fileOf('a.exe', 'application/x-msdownload'), POLICY)).toBe('type');
    expect(checkFile(fileOf('a.svg', 'image/svg+xml'), POLICY)).toBe('type');
  });

  it.each(ATTACHMENT_TYPES)('takes %s by its name where the browser knows no type', (type) => {
    for (const ending of ATTACHMENT_ENDINGS[type]) {
      expect(checkFile(fileOf(`Homework 1.${ending.toUpperCase()}`, ''), POLICY)).toBeNull();
    }
  });

  it('takes a ZIP by whatever name a system has for its type', () => {
    expect(checkFile(fileOf('a.zip', 'application/x-zip-compressed'), POLICY)).toBeNull();
  });

  it.each([
    ['main.ts', 'video/mp2t'],
    ['main.ts', 'video/vnd.dlna.mpeg-tts'],
    ['lab.ipynb', 'application/x-ipynb+json'],
    ['compose.yml', 'application/yaml'],
    ['thesis.tex', 'application/x-tex'],
    ['schema.sql', 'application/sql'],
    ['data.json', 'application/json'],
    ['main.py', 'text/x-python'],
  ])('ux-33 takes the text %s that a system calls %s, unless text is not allowed', (name, type) => {
    const images = { ...POLICY, allowed_types: [...IMAGE_TYPES] };
    expect(checkFile(fileOf(name, type), POLICY)).toBeNull();
    expect(checkFile(fileOf(name, type), images)).toBe('type');
  });

  it.each([
    ['Makefile', ''],
    ['plan.dxf', 'image/vnd.dxf'],
    ['book.epub', 'application/epub+zip'],
    ['photo', 'application/octet-stream'],
  ])('leaves %s to the server, which looks inside', (name, type) => {
    expect(checkFile(fileOf(name, type), POLICY)).toBeNull();
  });

  it.each([
    ['film.mp4', 'video/mp4'],
    ['voice.wav', 'audio/wav'],
    ['photo.heic', 'image/heic'],
    ['backup.7z', 'application/x-7z-compressed'],
  ])('ux-33 refuses %s, which the server never takes, before it is uploaded', (name, type) => {
    expect(checkFile(fileOf(name, type), POLICY)).toBe('type');
  });

  it('offers the allowed kinds in the choice of files', () => {
    const policy = { ...POLICY, allowed_types: ['image/jpeg', 'application/pdf'] as const };
    expect(acceptOf({ ...policy, allowed_types: [...policy.allowed_types] })).toBe(
      'image/jpeg,.jpg,.jpeg,application/pdf,.pdf',
    );
  });
});
