import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, type Routes, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { rematchRoutesWithSession } from './rematch-routes';
import { hasRole, isSignedIn } from './session.guard';
import { session, sessionTestBed, settle } from './testing/session-test-bed';

@Component({ template: 'conversation' })
class ConversationComponent {}
@Component({ template: 'wrong role' })
class WrongRoleComponent {}
@Component({ template: 'login' })
class LoginComponent {}

const routes: Routes = [
  { path: 'talk/:id', canMatch: [hasRole('user')], component: ConversationComponent },
  { path: 'talk/:id', canMatch: [isSignedIn], component: WrongRoleComponent },
  { path: 'talk/:id', component: LoginComponent },
];

describe('routes by session', () => {
  async function start() {
    TestBed.configureTestingModule({ providers: [provideRouter(routes)] });
    const bed = sessionTestBed();
    TestBed.runInInjectionContext(rematchRoutesWithSession);
    const harness = await RouterTestingHarness.create();
    const shown = async () => {
      await harness.fixture.whenStable();
      return harness.routeNativeElement?.textContent;
    };
    return { ...bed, harness, shown };
  }

  it('wait until it is known who is there', async () => {
    const { store, harness, shown } = await start();
    const navigation = harness.navigateByUrl('/talk/7');
    await settle();
    expect(harness.routeNativeElement).toBeNull();
    store.adopt(session('first'));
    await navigation;
    expect(await shown()).toBe('conversation');
  });

  it('take whoever signs in to the address they came for, and back when they leave', async () => {
    const { store, harness, shown } = await start();
    store.leave();
    await harness.navigateByUrl('/talk/7?unread=true');
    expect(await shown()).toBe('login');

    store.adopt(session('first'));
    expect(await shown()).toBe('conversation');
    expect(TestBed.inject(Router).url).toBe('/talk/7?unread=true');

    store.leave();
    expect(await shown()).toBe('login');
  });

  it('tell a role from another', async () => {
    const { store, harness, shown } = await start();
    store.adopt(session('first', 2, 'admin'));
    await harness.navigateByUrl('/talk/7');
    expect(await shown()).toBe('wrong role');
  });

  it('ux-49 leave everything in place when a session expires', async () => {
    const { store, harness, shown } = await start();
    store.adopt(session('first'));
    await harness.navigateByUrl('/talk/7');
    await shown();
    const before = harness.routeNativeElement;
    store.expire();
    expect(await shown()).toBe('conversation');
    store.adopt(session('second'));
    await shown();
    expect(harness.routeNativeElement).toBe(before);
  });
});
