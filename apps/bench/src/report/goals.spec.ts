import { judge, type Goal } from './goals';

const goal = (value: number | null, better: Goal['better']): Goal => ({
  what: '',
  unit: '',
  value,
  better,
  ...(better === 'higher' ? { floor: 0.4, goal: 0.6 } : { floor: 300, goal: 260 }),
});

describe('judge', () => {
  it.each([
    [0.6, 'higher', 'goal'],
    [0.59, 'higher', 'floor'],
    [0.39, 'higher', 'missed'],
    [260, 'lower', 'goal'],
    [300, 'lower', 'floor'],
    [301, 'lower', 'missed'],
    [null, 'lower', 'unknown'],
    [Number.NaN, 'higher', 'unknown'],
  ] as const)('%s where %s is better: %s', (value, better, verdict) => {
    expect(judge(goal(value, better))).toBe(verdict);
  });
});
