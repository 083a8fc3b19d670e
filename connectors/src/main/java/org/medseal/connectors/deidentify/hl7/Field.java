package org.medseal.connectors.deidentify.hl7;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

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
      for (Component component : components) {
        if (!component.isEmpty()) {
          return false;
        }
      }
      return true;
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
      for (String each : subcomponents) {
        if (!each.isEmpty()) {
          return false;
        }
      }
      return true;
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
    for (Repetition repetition : repetitions) {
      if (!repetition.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Trailing empty parts are left out; a value is escaped for the delimiters. */
  String render(Delimiters d) {
    if (repetitions.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < repetitions.size(); i++) {
      if (i > 0) {
        out.append(d.repetition());
      }
      joined(
          repetitions.get(i).components(),
          d.component(),
          out,
          (component, to) ->
              joined(
                  component.subcomponents(),
                  d.subcomponent(),
                  to,
                  (value, text) -> Escapes.encode(value, d, text)));
    }
    return out.toString();
  }

  /** Parts as {@code each} writes them, delimited up to the last that is not empty. */
  private static <T> void joined(
      List<T> parts, char delimiter, StringBuilder out, BiConsumer<T, StringBuilder> each) {
    int end = out.length();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        out.append(delimiter);
      }
      int start = out.length();
      each.accept(parts.get(i), out);
      end = out.length() > start ? out.length() : end;
    }
    out.setLength(end);
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
