package org.cairn.sandbox;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The registered tool, as its administrator typed it in.
 *
 * @param grades where native grades are sent ({@code POST grades/{deployment}/{context}/{activity}}), under {@code gradeKey}
 */
public record Tool(
        String clientId,
        String deploymentId,
        URI loginUri,
        URI launchUri,
        URI targetLinkUri,
        URI keySet,
        @Nullable URI grades,
        @Nullable String gradeKey) {

    /** A tool at one address, with the paths that Cairn's documentation gives. */
    public static Tool at(String url, String clientId, @Nullable String gradeKey) {
        return new Tool(
                clientId,
                "1",
                URI.create(url + "/lti/login"),
                URI.create(url + "/lti/launch"),
                URI.create(url + "/lti/launch"),
                URI.create(url + "/lti/jwks"),
                URI.create(url + "/grades"),
                gradeKey);
    }

    String origin() {
        return launchUri.getScheme() + "://" + launchUri.getRawAuthority();
    }

    @Override
    public String toString() {
        return "Tool[" + clientId + "]";
    }
}
