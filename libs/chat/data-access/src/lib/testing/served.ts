import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import type { MarkMessagesReadBody, SendMessageBody } from '@support-chat/contracts';
import type { ModelServer } from './model-server';

const CONVERSATION = /^\/api\/chat\/(conversation|conversations\/\d+)\/$/;

/** Answers everything that waits, as the model says, to the student; tells what was asked. */
export function serve(server: HttpTestingController, model: ModelServer): string[] {
  return server
    .match(() => true)
    .filter(({ cancelled }) => !cancelled)
    .map((call) => {
      answer(call, model);
      return `${call.request.method} ${call.request.urlWithParams}`;
    });
}

function answer(call: TestRequest, model: ModelServer): void {
  const { url, params, method } = call.request;
  const body: unknown = call.request.body;
  if (CONVERSATION.test(url)) call.flush(model.conversation());
  else if (url.endsWith('/updates/')) flushUpdates(call, model);
  else if (url.endsWith('/mark-read/')) {
    for (const id of (body as MarkMessagesReadBody).message_ids) model.readId(id);
    call.flush({ marked_read: 1 });
  } else if (url.endsWith('/messages/') && method === 'POST') {
    const { content, client_message_id: id } = body as SendMessageBody;
    call.flush(model.send('user', id ?? null, content ?? ''));
  } else if (url.endsWith('/messages/')) {
    const page = model.history(Number(params.get('before')), Number(params.get('page_size')));
    call.flush({ next: null, results: page });
  } else if (url.endsWith('/unread-count/')) {
    call.flush({ unread_count: model.conversation().unread_count });
  } else call.flush(null, { status: 204, statusText: 'No Content' });
}

function flushUpdates(call: TestRequest, model: ModelServer): void {
  const updates = model.updates(Number(call.request.params.get('after')));
  if (updates) call.flush(updates);
  else call.flush(null, { status: 204, statusText: 'No Content' });
}
