package org.medseal.connectors.deidentify.hl7;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** One field: repetitions of components of subcomponents, unescaped. Positions count from 1. */
public record Field(List<Repetition> repetitions) {

  static final Field EMPTY = new Field(List.of());

  /** The value that asks a receiver to delete. */
  static final String DELETE = "\"\"";

  public Field {
    repetitions = List.copyOf(repetitions);
  }

  /** Components of one repetition; positions count from 1. */
  public record Repetition(List<Component> components) {
    public Repetition {
      components = List.copyOf(components);
    }

    static Repetition of(String... values) {
      List<Component> components = new ArrayList<>();
      for (String value : values) {
        components.add(new Component(List.of(value)));
      }
      return new Repetition(components);
    }

    public Component component(int position) {
      return position <= components.size() ? components.get(position - 1) : Component.EMPTY;
    }

    /** The first subcomponent of a component, stripped; empty if absent. */
    public String text(int position) {
      return component(position).sub(1);
    }

    public boolean isEmpty() {
      return components.stream().allMatch(Component::isEmpty);
    }
  }

  /** Subcomponents as they are, unescaped. */
  public record Component(List<String> subcomponents) {
    static final Component EMPTY = new Component(List.of());

    public Component {
      subcomponents = List.copyOf(subcomponents);
    }

    public String sub(int position) {
      return position <= subcomponents.size() ? subcomponents.get(position - 1).strip() : "";
    }

    public boolean isEmpty() {
      return subcomponents.stream().allMatch(String::isEmpty);
    }
  }

  static Field parse(String raw, Delimiters d, Charset charset) {
    if (raw.isEmpty()) {
      return EMPTY;
    }
    List<Repetition> repetitions = new ArrayList<>();
    for (String repetition : split(raw, d.repetition())) {
      List<Component> components = new ArrayList<>();
      for (String component : split(repetition, d.component())) {
        List<String> subs = new ArrayList<>();
        for (String sub : split(component, d.subcomponent())) {
          subs.add(Escapes.decode(sub, d, charset));
        }
        components.add(new Component(subs));
      }
      repetitions.add(new Repetition(components));
    }
    return new Field(repetitions);
  }

  static Field of(String value) {
    return new Field(List.of(Repetition.of(value)));
  }

  public Repetition first() {
    return repetitions.isEmpty() ? Repetition.of("") : repetitions.get(0);
  }

  public boolean isEmpty() {
    return repetitions.stream().allMatch(Repetition::isEmpty);
  }

  /** Trailing empty parts are left out; a value is escaped for the delimiters. */
  String render(Delimiters d) {
    StringJoiner out = new StringJoiner(String.valueOf(d.repetition()));
    for (Repetition repetition : repetitions) {
      List<String> components = new ArrayList<>();
      for (Component component : repetition.components()) {
        List<String> subs = new ArrayList<>();
        for (String sub : component.subcomponents()) {
          StringBuilder text = new StringBuilder();
          Escapes.encode(sub, d, text);
          subs.add(text.toString());
        }
        components.add(join(subs, d.subcomponent()));
      }
      out.add(join(components, d.component()));
    }
    return out.toString();
  }

  static String join(List<String> parts, char delimiter) {
    int end = parts.size();
    while (end > 0 && parts.get(end - 1).isEmpty()) {
      end--;
    }
    return String.join(String.valueOf(delimiter), parts.subList(0, end));
  }

  static List<String> split(String text, char delimiter) {
    int at = text.indexOf(delimiter);
    if (at < 0) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (at >= 0) {
      parts.add(text.substring(from, at));
      from = at + 1;
      at = text.indexOf(delimiter, from);
    }
    parts.add(text.substring(from));
    return parts;
  }
}
