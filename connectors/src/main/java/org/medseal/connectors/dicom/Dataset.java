package org.medseal.connectors.dicom;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;

/** Elements in ascending order of tag, one per tag. Not for use by two threads while it changes. */
public final class Dataset {
  private final TreeMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

  public Optional<Element> find(int tag) {
    return Optional.ofNullable(elements.get(tag));
  }

  public boolean contains(int tag) {
    return elements.containsKey(tag);
  }

  /** Replaces what stood under the same tag. */
  public Dataset put(Element element) {
    elements.put(element.tag(), element);
    return this;
  }

  public Collection<Element> elements() {
    return Collections.unmodifiableCollection(elements.values());
  }

  public boolean isEmpty() {
    return elements.isEmpty();
  }

  Optional<Integer> lastTag() {
    return elements.isEmpty() ? Optional.empty() : Optional.of(elements.lastKey());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dataset that && elements.equals(that.elements);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }

  @Override
  public String toString() {
    return elements.size() + " elements";
  }
}
