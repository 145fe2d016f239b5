import { Directive, ElementRef, inject, output, signal } from '@angular/core';

/**
 * Tells of files dropped on its host or pasted into it. A file dropped anywhere else on the page is
 * ignored: the browser would leave the page to show it.
 */
@Directive({
  selector: '[scFileDrop]',
  host: {
    '(dragenter)': 'onDrag($event)',
    '(dragover)': 'onDrag($event)',
    '(dragleave)': 'onLeave($event)',
    '(drop)': 'onDrop($event)',
    '(paste)': 'onPaste($event)',
    '(document:dragover)': 'onElsewhere($event)',
    '(document:drop)': 'onElsewhere($event)',
  },
})
export class FileDropDirective {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly over = signal(false);

  readonly files = output<readonly File[]>();
  /** Files are being dragged over the host. */
  readonly isOver = this.over.asReadonly();

  protected onDrag(event: DragEvent): void {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    this.over.set(true);
  }

  protected onLeave({ relatedTarget: to }: DragEvent): void {
    if (!(to instanceof Node && this.host.contains(to))) this.over.set(false);
  }

  protected onDrop(event: DragEvent): void {
    this.over.set(false);
    if (!event.dataTransfer || !bringsFiles(event)) return;
    event.preventDefault();
    this.files.emit([...event.dataTransfer.items].map(fileOf).filter((file) => file !== null));
  }

  protected onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || isText(event)) return;
    event.preventDefault();
    this.files.emit(files);
  }

  protected onElsewhere(event: DragEvent): void {
    if (event.defaultPrevented || !event.dataTransfer || !bringsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  }
}

function bringsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Text that also comes as a picture, as from a spreadsheet. Plain text alone is the name of a file,
 * as a file manager gives it; HTML alone is what a browser gives along with an image.
 */
function isText({ clipboardData }: ClipboardEvent): boolean {
  const types = clipboardData?.types ?? [];
  const isFormatted = types.includes('text/html') || types.includes('text/rtf');
  return isFormatted && types.includes('text/plain');
}

/** A folder comes as an empty file of its name, which is then refused in words. */
function fileOf(item: DataTransferItem): File | null {
  const entry = item.webkitGetAsEntry();
  return entry?.isDirectory ? new File([], entry.name) : item.getAsFile();
}
