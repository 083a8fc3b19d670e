package org.medseal.connectors.deidentify.fhir;

/** Numbers from 0 in sets that are joined; union by size with paths halved. Not thread-safe. */
final class DisjointSets {
  private final int[] parent;
  private final int[] size;
  private int count;

  DisjointSets(int length) {
    parent = new int[length];
    size = new int[length];
    count = length;
    for (int i = 0; i < length; i++) {
      parent[i] = i;
      size[i] = 1;
    }
  }

  DisjointSets copy() {
    DisjointSets copy = new DisjointSets(parent.length);
    System.arraycopy(parent, 0, copy.parent, 0, parent.length);
    System.arraycopy(size, 0, copy.size, 0, size.length);
    copy.count = count;
    return copy;
  }

  /** The same for all of a set. */
  int find(int of) {
    int at = of;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  void join(int one, int other) {
    int a = find(one);
    int b = find(other);
    if (a == b) {
      return;
    }
    int large = size[a] >= size[b] ? a : b;
    int small = large == a ? b : a;
    parent[small] = large;
    size[large] += size[small];
    count--;
  }

  int count() {
    return count;
  }
}
