import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { AttachmentApi, AttachmentFiles } from '@support-chat/chat-data-access/attachments';
import type { Attachment, AttachmentLink } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { Subject } from 'rxjs';
import { DOCUMENT, PICTURE } from '../testing/fake-uploads';
import { MessageAttachmentComponent } from './message-attachment.component';

describe("a message's file", () => {
  let fixture: ComponentFixture<MessageAttachmentComponent>;
  let thumbnails: Subject<Blob>[];
  let links: Subject<AttachmentLink>[];
  let clicked: [string, string][];
  const revoked: string[] = [];

  const host = () => fixture.nativeElement as HTMLElement;
  const button = () => host().querySelector('button');

  async function show(attachment: Attachment): Promise<void> {
    fixture = TestBed.createComponent(MessageAttachmentComponent);
    fixture.componentRef.setInput('attachment', attachment);
    await fixture.whenStable();
  }

  beforeEach(() => {
    thumbnails = [];
    links = [];
    clicked = [];
    revoked.length = 0;
    URL.createObjectURL = () => 'blob:picture';
    URL.revokeObjectURL = (url) => revoked.push(url);
    HTMLAnchorElement.prototype.click = function click(this: HTMLAnchorElement) {
      clicked.push([this.getAttribute('href') ?? '', this.download]);
    };
    const ask = <T>(asked: Subject<T>[]) => {
      const answer = new Subject<T>();
      asked.push(answer);
      return answer;
    };
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: AttachmentFiles, useValue: { thumbnail: () => ask(thumbnails) } },
        { provide: AttachmentApi, useValue: { link: () => ask(links) } },
      ],
    });
  });

  it('ux-23 an image is shown by its thumbnail, opens large, and is let go of with its message', async () => {
    await show(PICTURE);
    expect(button()?.getAttribute('aria-label')).toBe('Open the image photo.jpg');
    expect(host().querySelector('img')).toBeNull();
    thumbnails[0]?.next(new Blob(['x']));
    await fixture.whenStable();
    expect(host().querySelector('img')?.getAttribute('src')).toBe('blob:picture');
    fixture.componentRef.setInput('attachment', { ...PICTURE });
    await fixture.whenStable();
    expect(thumbnails).toHaveLength(1);
    let opened = 0;
    fixture.componentInstance.opened.subscribe(() => (opened += 1));
    button()?.click();
    expect(opened).toBe(1);
    fixture.destroy();
    expect(revoked).toEqual(['blob:picture']);
  });

  it('ux-51 an image that cannot be had says so, and is fetched again on a press', async () => {
    await show(PICTURE);
    thumbnails[0]?.error(new Error('cut'));
    await fixture.whenStable();
    expect(host().textContent).toContain('photo.jpg could not be loaded. Try again');
    button()?.click();
    await fixture.whenStable();
    expect(thumbnails).toHaveLength(2);
    thumbnails[1]?.next(new Blob(['x']));
    await fixture.whenStable();
    expect(host().querySelector('img')).not.toBeNull();
  });

  it('ux-23 a document is a card with name, kind and size, and downloads by a fresh link', async () => {
    await show(DOCUMENT);
    expect(button()?.textContent.replaceAll(/\s+/gu, ' ').trim()).toBe(
      'Downloadnotes.pdfPDF · 2 kB',
    );
    expect(thumbnails).toEqual([]);
    button()?.click();
    button()?.click();
    expect(links).toHaveLength(1);
    links[0]?.next({ url: '/api/chat/attachments/2/content/?signature=x', expires_in: 300 });
    await fixture.whenStable();
    expect(clicked).toEqual([['/api/chat/attachments/2/content/?signature=x', 'notes.pdf']]);
  });

  it('ux-51 says when a download could not be started', async () => {
    await show(DOCUMENT);
    button()?.click();
    links[0]?.error(new Error('cut'));
    await fixture.whenStable();
    expect(host().querySelector('[role=alert]')?.textContent).toBe(
      'The download failed. The server cannot be reached. Please try again.',
    );
  });
});
