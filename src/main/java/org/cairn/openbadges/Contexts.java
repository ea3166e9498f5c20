package org.cairn.openbadges;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The JSON-LD contexts of what Cairn signs, from tables of the terms that it uses: none is ever fetched, so what a term means cannot change
 * under a signature. Each table says of its terms what the published context says.
 */
public final class Contexts implements DocumentLoader {

    public static final String CREDENTIALS = "https://www.w3.org/ns/credentials/v2";
    public static final String BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    static final String RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
    static final String EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

    private static final Map<String, Table> KNOWN = Map.of(
            CREDENTIALS, table("credentials-v2-context.json"),
            BADGES, table("ob-v3p0-context.json"),
            RECORDS, table("clr-v2p0-context.json"),
            EXTENSIONS, table("extensions-context.json"));

    /** A context for the library, and for {@link Quads}. */
    private record Table(String text, Document document, Terms terms) {}

    /** Whether there is a table for this context. */
    public static boolean isKnown(String address) {
        return KNOWN.containsKey(address);
    }

    /** Throws JsonLdError for any other address. */
    @Override
    public Document loadDocument(URI url, DocumentLoaderOptions options) throws JsonLdError {
        var known = KNOWN.get(url.toString());
        if (known == null) {
            throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "Not a context of ours.");
        }
        return known.document();
    }

    /** One of our tables, which is part of the context of that address. */
    public static Optional<String> excerpt(String address) {
        return Optional.ofNullable(KNOWN.get(address)).map(Table::text);
    }

    /** The terms of one of our tables. */
    static Optional<Terms> terms(String address) {
        return Optional.ofNullable(KNOWN.get(address)).map(Table::terms);
    }

    private static Table table(String name) {
        try (var stream = Objects.requireNonNull(Contexts.class.getResourceAsStream(name))) {
            byte[] text = stream.readAllBytes();
            return new Table(
                    new String(text, StandardCharsets.UTF_8),
                    JsonDocument.of(new ByteArrayInputStream(text)),
                    Terms.of(CredentialJson.read(text).get("@context")));
        } catch (JsonLdError e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
