/** Gives the first of what it holds. */
export interface Heap<T> {
  readonly size: number;
  push(item: T): void;
  peek(): T | undefined;
  /** Takes the first one out. */
  pop(): T | undefined;
}

/** A binary heap: putting in and taking out cost the logarithm of its size, looking at the first one nothing. */
export function createHeap<T>(isBefore: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];

  function rise(item: T): void {
    let at = items.length;
    for (; at > 0; ) {
      const above = (at - 1) >> 1;
      const other = items[above];
      if (other === undefined || !isBefore(item, other)) break;
      items[at] = other;
      at = above;
    }
    items[at] = item;
  }

  function sink(item: T): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [one, two] = [items[left], items[left + 1]];
      if (one === undefined) break;
      const [place, other] = two !== undefined && isBefore(two, one) ? [left + 1, two] : [left, one];
      if (!isBefore(other, item)) break;
      items[at] = other;
      at = place;
    }
    items[at] = item;
  }

  return {
    get size() {
      return items.length;
    },
    push: rise,
    peek: () => items[0],
    pop() {
      const first = items[0];
      const last = items.pop();
      if (last !== undefined && items.length > 0) sink(last);
      return first;
    },
  };
}
