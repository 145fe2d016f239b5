import { Latencies } from './latencies';

describe('Latencies', () => {
  it('gives nearest-rank percentiles, whatever the order', () => {
    const latencies = new Latencies();
    for (let ms = 100; ms >= 1; ms -= 1) latencies.add(ms);
    expect(latencies.percentiles(0.5, 0.99, 1)).toEqual([50, 99, 100]);
  });

  it('keeps every value when there are many', () => {
    const latencies = new Latencies();
    for (let count = 0; count < 200_000; count += 1) latencies.add(count);
    expect(latencies.count).toBe(200_000);
    expect(latencies.percentiles(1)).toEqual([199_999]);
  });

  it('is zero where nothing was measured', () => {
    expect(new Latencies().percentiles(0.5)).toEqual([0]);
  });
});
