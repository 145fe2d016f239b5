import { Component } from '@angular/core';

@Component({ selector: 'sc-root', template: `hello` })
export class AppComponent {}
