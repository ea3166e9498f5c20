package org.cairn.lti.registration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.people.TenantStore;
import org.jooq.DSLContext;

/**
 * Registrations as an administrator keeps them: {@code lti-config/platforms/*.json}, one for each, read at every start. What is there
 * is added or changed; what is no longer there stays, since awards hang on it.
 */
public final class PlatformFiles {

    private static final Set<String> MEMBERS = Set.of(
            "tenant",
            "name",
            "product",
            "issuer",
            "clientId",
            "authorizationEndpoint",
            "tokenEndpoint",
            "tokenAudience",
            "keySet",
            "algorithm",
            "frameOrigins",
            "anonymousLaunches",
            "deployments",
            "about");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private PlatformFiles() {}

    /** Takes in every file of the folder, and returns the registrations; none where there is no such folder. Throws Problem UNPROCESSABLE. */
    public static List<Platform> load(DSLContext db, Path folder, Instant now) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .map(file -> take(db, file, now))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Platform take(DSLContext db, Path file, Instant now) {
        try {
            return new Reading(file.getFileName().toString(), JSON.readTree(Files.readAllBytes(file))).take(db, now);
        } catch (JsonProcessingException e) {
            throw refused(file.getFileName().toString(), "is not valid JSON (%s)".formatted(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem refused(String file, String why) {
        return new Problem(
                Problem.Kind.UNPROCESSABLE,
                "platform_file_refused",
                "lti-config/platforms/%s %s.".formatted(file, why));
    }

    private record Reading(String file, JsonNode json) {

        Platform take(DSLContext db, Instant now) {
            json.fieldNames().forEachRemaining(name -> {
                if (!MEMBERS.contains(name)) {
                    throw refused(file, "has a member \"%s\" that is not known".formatted(name));
                }
            });
            var platform = PlatformStore.save(db, platform(), now);
            var tenant = TenantStore.findOrCreate(
                    db,
                    text(json.path("tenant"), "tenant.slug", "slug"),
                    text(json.path("tenant"), "tenant.name", "name"),
                    zone(),
                    now);
            for (var deployment : texts("deployments")) {
                // One that is known stays where it is: an operator may have moved it to another tenant since.
                if (PlatformStore.findDeployment(db, platform.id(), deployment).isEmpty()) {
                    PlatformStore.deploy(db, tenant.id(), platform.id(), deployment, now);
                }
            }
            return platform;
        }

        private Platform platform() {
            var tokenEndpoint = address("tokenEndpoint");
            var algorithm = json.path("algorithm").asText("RS256");
            if (!algorithm.equals("RS256")) {
                throw refused(file, "has an algorithm other than RS256, the one that is supported");
            }
            return new Platform(
                    PlatformId.fresh(),
                    text(json, "issuer", "issuer"),
                    text(json, "clientId", "clientId"),
                    text(json, "name", "name"),
                    json.path("product").asText("").toLowerCase(Locale.ROOT),
                    address("authorizationEndpoint"),
                    tokenEndpoint,
                    json.path("tokenAudience").asText(tokenEndpoint.toString()),
                    address("keySet"),
                    algorithm,
                    origins(),
                    json.path("anonymousLaunches").asBoolean(false));
        }

        // These go into a response header, so nothing but an origin may pass.
        private List<String> origins() {
            var origins = texts("frameOrigins");
            for (var origin : origins) {
                if (!origin.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
                    throw refused(file, "has a frame origin that is not like https://moodle.example.edu");
                }
            }
            return origins;
        }

        private ZoneId zone() {
            try {
                return ZoneId.of(text(json.path("tenant"), "tenant.timeZone", "timeZone"));
            } catch (DateTimeException e) {
                throw refused(file, "has a tenant.timeZone that is not like Europe/Vienna");
            }
        }

        private URI address(String member) {
            try {
                var address = URI.create(text(json, member, member));
                if (address.getHost() != null
                        && String.valueOf(address.getScheme()).startsWith("http")) {
                    return address;
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
            throw refused(file, "has a %s that is no web address".formatted(member));
        }

        private List<String> texts(String member) {
            var texts = new ArrayList<String>();
            json.path(member).forEach(one -> texts.add(one.asText()));
            if (texts.isEmpty() || texts.stream().anyMatch(text -> text.isBlank() || text.length() > 255)) {
                throw refused(file, "needs a list of %s".formatted(member));
            }
            return texts;
        }

        private String text(JsonNode parent, String path, String member) {
            var value = parent.path(member);
            if (!value.isTextual()
                    || value.textValue().isBlank()
                    || value.textValue().length() > 1000) {
                throw refused(file, "lacks %s".formatted(path));
            }
            return value.textValue();
        }
    }
}
