package org.cairn.openbadges.artwork;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The elements and attributes of SVG that are drawn, and how the value of each is written. Everything else is refused or left out. */
final class SvgWords {

    /** What says where a shape is, and how large. */
    static final Set<String> MEASURES =
            Set.of("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2");

    static final Set<String> GRADIENTS = Set.of("linearGradient", "radialGradient");
    private static final Set<String> SHAPES =
            Set.of("path", "rect", "circle", "ellipse", "line", "polyline", "polygon");

    /** What may stand in what; the root is a group, too. */
    private static final Map<String, Set<String>> CHILDREN = Map.of(
            "g", union(SHAPES, GRADIENTS, Set.of("g", "defs", "clipPath")),
            "defs", union(SHAPES, GRADIENTS, Set.of("g", "defs", "clipPath")),
            "clipPath", SHAPES,
            "linearGradient", Set.of("stop"),
            "radialGradient", Set.of("stop"));

    private static final Predicate<String> PAINT =
            text -> SvgGrammar.isColour(text) || !SvgGrammar.reference(text).isEmpty();
    private static final Predicate<String> TARGET = text -> text.matches("#[^'\"()\\s]{1,200}");

    /** Attributes that all may have, and the properties that style may set. */
    private static final Map<String, Predicate<String>> LOOKS = looks();

    private static final Map<String, Map<String, Predicate<String>>> OWN = own();

    /** What changes nothing that is drawn here: names, notes of drawing programs, letters where there are none, and hints. */
    private static final Pattern IDLE = Pattern.compile(
            "id|class|style|version|baseProfile|(?:data|aria)-.*|role|focusable|viewBox|width|height|x|y|preserveAspectRatio"
                    + "|(?:font|text|letter|word|line|-inkscape|shape|image|color)-.*|font|isolation|overflow|paint-order"
                    + "|vector-effect|enable-background|pathLength|stroke-dashoffset|writing-mode|direction|white-space"
                    + "|solid-.*|baseline-shift|dominant-baseline|cursor|pointer-events");

    /** What is taken only where it says that it does nothing. */
    private static final Pattern OFF =
            Pattern.compile("filter|mask|mix-blend-mode|stroke-dasharray|marker|marker-(?:start|mid|end)|clip");

    private SvgWords() {}

    static boolean isChild(String parent, String child) {
        return CHILDREN.getOrDefault(parent, Set.of()).contains(child);
    }

    static boolean isShape(String element) {
        return SHAPES.contains(element);
    }

    static boolean isDrawn(String element, String attribute) {
        return LOOKS.containsKey(attribute)
                || OWN.getOrDefault(element, Map.of()).containsKey(attribute);
    }

    /** Whether a property of style may be drawn: how something looks, and not what it is or refers to. */
    static boolean isLook(String property) {
        return LOOKS.containsKey(property);
    }

    static boolean isIdle(String attribute, String value) {
        return IDLE.matcher(attribute).matches()
                || (OFF.matcher(attribute).matches()
                        && Set.of("none", "normal", "auto").contains(value.strip()));
    }

    /** Whether a value of what is drawn is written as it has to be. */
    static boolean isWritten(String element, String attribute, String value) {
        var grammar = OWN.getOrDefault(element, Map.of()).getOrDefault(attribute, LOOKS.get(attribute));
        return grammar != null && grammar.test(value);
    }

    private static Map<String, Predicate<String>> looks() {
        var looks = new HashMap<String, Predicate<String>>();
        put(looks, PAINT, "fill", "stroke");
        put(looks, SvgGrammar::isColour, "color", "stop-color");
        put(looks, SvgGrammar::isLength, "opacity", "fill-opacity", "stroke-opacity", "stop-opacity");
        put(looks, SvgGrammar::isLength, "stroke-width", "stroke-miterlimit");
        put(looks, oneOf("nonzero", "evenodd", "inherit"), "fill-rule", "clip-rule");
        put(looks, oneOf("butt", "round", "square", "inherit"), "stroke-linecap");
        put(looks, oneOf("miter", "round", "bevel", "inherit"), "stroke-linejoin");
        put(looks, oneOf("visible", "hidden", "inherit"), "visibility");
        put(looks, oneOf("inline", "block", "none", "inherit"), "display");
        put(looks, SvgGrammar::isTransform, "transform");
        put(
                looks,
                text -> text.strip().equals("none")
                        || !SvgGrammar.reference(text).isEmpty(),
                "clip-path");
        return Map.copyOf(looks);
    }

    private static Map<String, Map<String, Predicate<String>>> own() {
        var own = new HashMap<String, Map<String, Predicate<String>>>();
        own.put("path", Map.of("d", text -> SvgGrammar.numbersOfPath(text) >= 0));
        own.put("polyline", Map.of("points", text -> SvgGrammar.numbers(text) >= 0));
        own.put("polygon", Map.of("points", text -> SvgGrammar.numbers(text) >= 0));
        own.put("rect", lengths("x", "y", "width", "height", "rx", "ry"));
        own.put("circle", lengths("cx", "cy", "r"));
        own.put("ellipse", lengths("cx", "cy", "rx", "ry"));
        own.put("line", lengths("x1", "y1", "x2", "y2"));
        own.put("stop", lengths("offset"));
        own.put("clipPath", Map.of("clipPathUnits", oneOf("userSpaceOnUse")));
        own.put("linearGradient", gradient("x1", "y1", "x2", "y2"));
        own.put("radialGradient", gradient("cx", "cy", "r", "fx", "fy", "fr"));
        return Map.copyOf(own);
    }

    private static Map<String, Predicate<String>> gradient(String... lengths) {
        var gradient = new HashMap<>(lengths(lengths));
        gradient.put("gradientUnits", oneOf("userSpaceOnUse", "objectBoundingBox"));
        gradient.put("spreadMethod", oneOf("pad", "reflect", "repeat"));
        gradient.put("gradientTransform", SvgGrammar::isTransform);
        gradient.put("href", TARGET);
        return gradient;
    }

    private static Map<String, Predicate<String>> lengths(String... names) {
        var lengths = new HashMap<String, Predicate<String>>();
        put(lengths, SvgGrammar::isLength, names);
        return lengths;
    }

    private static void put(Map<String, Predicate<String>> all, Predicate<String> grammar, String... names) {
        Arrays.stream(names).forEach(name -> all.put(name, grammar));
    }

    private static Predicate<String> oneOf(String... words) {
        var known = Set.of(words);
        return text -> known.contains(text.strip());
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        var all = new java.util.HashSet<String>();
        Arrays.stream(sets).forEach(all::addAll);
        return Set.copyOf(all);
    }
}
