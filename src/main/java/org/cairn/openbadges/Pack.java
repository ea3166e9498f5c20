package org.cairn.openbadges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cairn.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A credential with all that a verification asks for, in one ZIP that needs no network: what its issuer answered when it was made. Whoever makes
 * one can put anything in; only what is signed in it says anything.
 *
 * @param missing the addresses of what belongs in it and was not to be had
 */
public record Pack(Instant made, List<Part> parts, List<String> missing) {

    public static final String JWT = "credential.jwt";
    public static final String JSON = "credential.json";

    private static final String MANIFEST = "manifest.json";

    /**
     * One file in it.
     *
     * @param address where the same text is answered; null for what has no address
     */
    public record Part(String name, @Nullable String address, String text) {}

    public Pack {
        parts = List.copyOf(parts);
        missing = List.copyOf(missing);
    }

    /** Whether a file says that it is a ZIP. */
    public static boolean isZip(byte[] file) {
        return PackZip.isZip(file);
    }

    /** Throws IllegalArgumentException, whose message is for people, where it is no pack, or not whole. */
    public static Pack read(byte[] zip) {
        var files = PackZip.read(zip);
        var manifest = files.remove(MANIFEST);
        if (manifest == null) {
            throw new IllegalArgumentException("The ZIP is no verification pack: it has no manifest.json.");
        }
        try {
            var json = CredentialJson.read(manifest.getBytes(StandardCharsets.UTF_8));
            return new Pack(Instant.parse(json.path("made").asText()), parts(json.path("files"), files), List.of());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("The pack is damaged: its files are not those that it lists.", e);
        }
    }

    private static List<Part> parts(JsonNode listed, Map<String, String> files) {
        var parts = new ArrayList<Part>();
        for (var one : listed) {
            var name = one.path("name").asText();
            var text = files.remove(name);
            if (text == null || !Sha256.hex(text).equals(one.path("sha256").asText())) {
                throw new IllegalArgumentException("It lists what it has not: " + name);
            }
            parts.add(new Part(name, one.path("address").textValue(), text));
        }
        if (!files.isEmpty()) {
            throw new IllegalArgumentException("It has what it does not list.");
        }
        return parts;
    }

    /** The text of a file in it. */
    public Optional<String> text(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(Part::text)
                .findFirst();
    }

    /** What it says that addresses answered. */
    public Map<String, String> answers() {
        return parts.stream()
                .filter(part -> part.address() != null)
                .collect(Collectors.toMap(part -> String.valueOf(part.address()), Part::text, (first, other) -> first));
    }

    public byte[] zip() {
        var files = new LinkedHashMap<String, String>();
        parts.forEach(part -> files.put(part.name(), part.text()));
        files.put(MANIFEST, manifest().toPrettyString());
        return PackZip.write(files, made);
    }

    private ObjectNode manifest() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("made", made.toString());
        var files = json.putArray("files");
        for (var part : parts) {
            var file = files.addObject().put("name", part.name());
            if (part.address() != null) {
                file.put("address", part.address());
            }
            file.put("sha256", Sha256.hex(part.text()));
        }
        var without = json.putArray("missing");
        missing.forEach(without::add);
        return json;
    }
}
