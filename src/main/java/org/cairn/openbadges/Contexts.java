package org.cairn.openbadges;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

/**
 * The JSON-LD contexts of what Cairn signs, from tables of the terms that it uses: none is ever fetched, so what a term means cannot change
 * under a signature. Each table says of its terms what the published context says.
 */
public final class Contexts implements DocumentLoader {

    public static final String CREDENTIALS = "https://www.w3.org/ns/credentials/v2";
    public static final String BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    static final String RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
    static final String EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

    private static final Map<String, Document> KNOWN = Map.of(
            CREDENTIALS, table("credentials-v2-context.json"),
            BADGES, table("ob-v3p0-context.json"),
            RECORDS, table("clr-v2p0-context.json"),
            EXTENSIONS, table("extensions-context.json"));

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
        return known;
    }

    private static Document table(String name) {
        try (var stream = Contexts.class.getResourceAsStream(name)) {
            return JsonDocument.of(stream);
        } catch (JsonLdError e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
