import fc from 'fast-check';
import { type Rows, countHeld, foldPage, foldTop, inHeldOrder } from './fold-rows';
import { ModelInbox } from './testing/model-inbox';

const SIZE = 3;
const ids = (rows: Rows) => rows.map(({ id }) => id);

function inbox(...writes: number[]): ModelInbox {
  const model = new ModelInbox();
  for (const id of writes) model.write(id);
  return model;
}

function look(rows: Rows, model: ModelInbox): Rows {
  const top = model.page(0, SIZE);
  return foldTop(rows, top.results, top.next === null);
}

describe('rows of the inbox', () => {
  it('ux-12 are always the beginning of the list of the server, whatever happens between looks', () => {
    const writes = fc.array(fc.nat({ max: 12 }), { maxLength: 8 });
    const rounds = fc.array(fc.record({ writes, more: fc.boolean() }), { maxLength: 12 });
    fc.assert(
      fc.property(rounds, (steps) => {
        const model = inbox();
        let rows: Rows = [];
        for (const step of steps) {
          for (const id of step.writes) model.write(id);
          rows = look(rows, model);
          expect(rows).toEqual(model.all().slice(0, rows.length));
          if (step.more) rows = foldPage(rows, model.page(rows.length, SIZE).results);
          expect(rows).toEqual(model.all().slice(0, rows.length));
        }
      }),
    );
  });

  it('lose what no longer matches', () => {
    const model = inbox(1, 2, 3, 4, 5);
    const rows = foldPage(look([], model), model.page(3, SIZE).results);
    const top = model.page(0, 4).results.filter(({ id }) => id !== 4);
    expect(ids(foldTop(rows, top, false))).toEqual([5, 3, 2, 1]);
    expect(foldTop(rows, [], true)).toEqual([]);
  });

  it('keep the very object of a row that did not change', () => {
    const model = inbox(1, 2);
    const rows = look([], model);
    model.write(1);
    const after = look(rows, inbox(1, 2, 1));
    expect(after[1]).toBe(rows[0]);
    expect(after[0]).not.toBe(rows[1]);
  });

  it('ux-4 change in place but do not move while their order is held', () => {
    const model = inbox(1, 2, 3, 4);
    const held = look([], model);
    model.write(2);
    model.write(9);
    const rows = foldPage(look(held, model), model.page(3, SIZE).results);
    const shown = inHeldOrder(rows, held);
    expect(ids(shown)).toEqual([4, 3, 2, 1]);
    expect(shown[2]?.message_count).toBe(2);
    expect(countHeld(rows, held)).toBe(2);
    expect(countHeld(held, held)).toBe(0);
  });
});
