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
 * Reads what mutation testing found (target/mutants) and fails where a broken check was not noticed. A mutant that breaks nothing is
 * explained in equivalent-mutants.txt; an explanation of what is not there any more fails too. One that was noticed all the same is only
 * said: on a busy machine a test may fail for another reason than the mutant.
 */
public final class Survivors {

    private static final Path REPORT = Path.of("target/mutants/mutations.xml");
    private static final Path EQUIVALENT = Path.of("tests/org/cairn/lti/equivalent-mutants.txt");

    private Survivors() {}

    public static void main(String[] arguments) throws Exception {
        var mutants = mutants();
        var explained = explained();
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
        System.out.printf("Mutants of the launch checks: %d, noticed %d%n", mutants.size(), killed);
        System.exit(failures == 0 && killed > 0 ? 0 : 1);
    }

    private static Map<String, List<Mutant>> byName(List<Mutant> mutants) {
        return mutants.stream().collect(Collectors.groupingBy(Mutant::name, TreeMap::new, Collectors.toList()));
    }

    private record Mutant(String name, String line, boolean isKilled) {}

    private static List<Mutant> mutants() throws IOException, ParserConfigurationException, SAXException {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(REPORT.toFile());
        var nodes = document.getElementsByTagName("mutation");
        var mutants = new ArrayList<Mutant>();
        for (int i = 0; i < nodes.getLength(); i++) {
            var node = (Element) nodes.item(i);
            var name = "%s.%s: %s"
                    .formatted(
                            text(node, "mutatedClass").replaceFirst("^org\\.cairn\\.lti\\.", ""),
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
    private static Map<String, Integer> explained() throws IOException {
        var explained = new TreeMap<String, Integer>();
        for (var line : Files.readAllLines(EQUIVALENT)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                explained.merge(line.substring(0, line.indexOf(" | ")).strip(), 1, Integer::sum);
            }
        }
        return explained;
    }
}
