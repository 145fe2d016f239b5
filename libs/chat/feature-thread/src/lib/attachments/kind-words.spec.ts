import { TestBed } from '@angular/core/testing';
import { ATTACHMENT_TYPES, IMAGE_TYPES } from '@support-chat/contracts';
import { I18n } from '@support-chat/ui';
import { provideTestI18n } from '@support-chat/ui/testing';
import { kindWords, shortKindWords } from './kind-words';

describe('kind words', () => {
  let i18n: I18n;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTestI18n()] });
    i18n = TestBed.inject(I18n);
  });

  it('ux-33 names all kinds in a few words', () => {
    expect(shortKindWords(i18n, ATTACHMENT_TYPES)).toBe('Images, PDF, ZIP, Office, text');
    expect(kindWords(i18n, ATTACHMENT_TYPES)).toContain('JPG, PNG, WEBP, PDF, ZIP, DOCX');
  });

  it('ux-33 promises no kind that is not allowed', () => {
    expect(shortKindWords(i18n, ['image/jpeg', 'application/pdf'])).toBe('JPG, PDF');
    expect(shortKindWords(i18n, ['image/png', 'image/jpeg', 'text/plain'])).toBe('PNG, JPG, text');
    expect(shortKindWords(i18n, IMAGE_TYPES)).toBe('Images');
    expect(shortKindWords(i18n, ['text/plain'])).toBe('Text');
  });
});
