import { PathLocationStrategy } from '@angular/common';
import { Injectable } from '@angular/core';

/** Addresses without a slash at their end, that of the app itself (`/contact`) included. */
@Injectable()
export class AppLocationStrategy extends PathLocationStrategy {
  override prepareExternalUrl(internal: string): string {
    return super.prepareExternalUrl(internal).replace(/\/(?=$|[?#])/, '');
  }
}
