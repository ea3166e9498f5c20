package org.cairn.openbadges.verification;

import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.cairn.Problem;
import org.cairn.testing.Shared;

/** The contexts and schemas as published, from the shared folder in place of their publishers. */
final class PublishedFiles {

    private static final String PURL = "https://purl.imsglobal.org/spec/";

    private static final Map<String, String> FILES = Map.of(
            "https://www.w3.org/ns/credentials/v2",
            "contexts/credentials-v2.jsonld",
            "https://w3id.org/security/data-integrity/v1",
            "contexts/data-integrity-v1.jsonld",
            PURL + "ob/v3p0/context-3.0.3.json",
            "contexts/ob-v3p0-3.0.3.json",
            PURL + "ob/v3p0/context.json",
            "contexts/ob-v3p0-3.0.3.json",
            PURL + "ob/v3p0/extensions.json",
            "contexts/ob-v3p0-extensions.json",
            PURL + "clr/v2p0/context-2.0.1.json",
            "contexts/clr-v2p0-2.0.1.json",
            Standards.BADGE_SCHEMA,
            "schemas/ob_v3p0_achievementcredential_schema.json",
            Standards.ENDORSEMENT_SCHEMA,
            "schemas/ob_v3p0_endorsementcredential_schema.json",
            Standards.RECORD_SCHEMA,
            "schemas/clr_v2p0_clrcredential_schema.json");

    static final DocumentLoader CONTEXTS =
            (url, options) -> JsonDocument.of(new ByteArrayInputStream(fetch(URI.create(url.toString()))));

    private PublishedFiles() {}

    /** As a publisher answers; throws Problem for any other address. */
    static byte[] fetch(URI address) {
        var file = FILES.get(address.toString());
        if (file == null) {
            throw new Problem(Problem.Kind.UPSTREAM, "unreachable", "Not there.");
        }
        return read(file);
    }

    static byte[] read(String file) {
        try {
            return Files.readAllBytes(Shared.folder().resolve("standards").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
