/** A file as Playwright hands it to a page. */
export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** 640 x 400 pixels of one colour. */
export const PNG: TestFile = {
  name: 'picture.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAoAAAAGQAQMAAAAEPUNmAAAAA1BMVEULa2EXkzGZAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAANklEQVR42u3BMQEAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB4NH6QAAF17NuoAAAAAElFTkSuQmCC',
    'base64',
  ),
};

export const PDF: TestFile = {
  name: 'homework.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.4\n%\xe2\xe3\xcf\xd3\n${' '.repeat(3_000)}\n%%EOF\n`, 'latin1'),
};

export const ZIP_TOO_LARGE: TestFile = {
  name: 'everything.zip',
  mimeType: 'application/zip',
  buffer: Buffer.alloc(10 * 1024 * 1024 + 1),
};

export function program(name: string): TestFile {
  return { name, mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') };
}

export function text(name: string, content: string): TestFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
}
