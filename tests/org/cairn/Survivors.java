package org.cairn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Reads what mutation testing found of a room (the folder of its report and the room are told) and fails where a broken check was not
 * noticed. A mutant that breaks nothing is explained in the room's equivalent-mutants.txt; an explanation of what is not there any more
 * fails too. One that was noticed all the same is only said: on a busy machine a test may fail for another reason than the mutant.
 */
public final class Survivors {

    private Survivors() {}

    public static void main(String[] arguments) throws Exception {
        var room = arguments[1];
        var mutants = mutants(Path.of(arguments[0], "mutations.xml"), "org.cairn.%s.".formatted(room));
        var explained = explained(Path.of("tests/org/cairn", room, "equivalent-mutants.txt"));
        int failures = 0;
        for (var one : byName(mutants).entrySet()) {
            var alive =
                    one.getValue().stream().filter(mutant -> !mutant.isKilled()).toList();
            int surplus = alive.size() - explained.getOrDefault(one.getKey(), 0);
            if (surplus > 0) {
                var lines = alive.stream().map(Mutant::line).collect(Collectors.joining(" or "));
                System.err.printf("%d not noticed: %s, line %s%n", surplus, one.getKey(), lines);
                failures += surplus;
            } else if (surplus < 0) {
                System.out.printf("%d explained, and noticed all the same: %s%n", -surplus, one.getKey());
            }
        }
        for (var one : explained.entrySet()) {
            int there = byName(mutants).getOrDefault(one.getKey(), List.of()).size();
            if (there < one.getValue()) {
                System.err.printf("%d explained, %d there: %s%n", one.getValue(), there, one.getKey());
                failures++;
            }
        }
        long killed = mutants.stream().filter(Mutant::isKilled).count();
        System.out.printf("Mutants of the checks of %s: %d, noticed %d%n", room, mutants.size(), killed);
        System.exit(failures == 0 && killed > 0 ? 0 : 1);
    }

    private static Map<String, List<Mutant>> byName(List<Mutant> mutants) {
        return mutants.stream().collect(Collectors.groupingBy(Mutant::name, TreeMap::new, Collectors.toList()));
    }

    private record Mutant(String name, String line, boolean isKilled) {}

    private static List<Mutant> mutants(Path report, String room)
            throws IOException, ParserConfigurationException, SAXException {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        var nodes = document.getElementsByTagName("mutation");
        var mutants = new ArrayList<Mutant>();
        for (int i = 0; i < nodes.getLength(); i++) {
            var node = (Element) nodes.item(i);
            var name = "%s.%s: %s"
                    .formatted(
                            text(node, "mutatedClass").replace(room, ""),
                            text(node, "mutatedMethod"),
                            text(node, "description"));
            mutants.add(new Mutant(
                    name,
                    text(node, "lineNumber"),
                    node.getAttribute("detected").equals("true")));
        }
        return mutants;
    }

    private static String text(Element node, String name) {
        return node.getElementsByTagName(name).item(0).getTextContent();
    }

    /** How often each name is explained. A line is {@code name | why it breaks nothing}. */
    private static Map<String, Integer> explained(Path explanations) throws IOException {
        var explained = new TreeMap<String, Integer>();
        for (var line : Files.readAllLines(explanations)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                explained.merge(line.substring(0, line.indexOf(" | ")).strip(), 1, Integer::sum);
            }
        }
        return explained;
    }
}
