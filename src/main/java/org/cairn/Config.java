package org.cairn;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.cairn.catalog.IssuerSettings;
import org.cairn.openid.OpenIdSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings, read once at start.
 *
 * @param publicUrl where browsers, LMSs and verifiers reach Cairn: scheme and host, no path. It is in every credential for ever
 * @param formerUrls public URLs of before that still lead here; what was signed at them goes on being verified
 * @param trustProxy whether a proxy in front is believed about the client's address and scheme
 * @param databaseUrl a JDBC URL of PostgreSQL; null for an H2 file in {@code data}
 * @param masterKey the file of the key that encrypts the private keys
 * @param catalogue a catalogue file that is taken in at start
 * @param allowLoopback for development only: lets Cairn call http addresses of its own machine
 * @param collectEvery how often the LMSs are asked for what they do not send
 * @param rotateKeysEvery how long a key that signs what LMSs are sent does so before the next one is made
 * @param openId the institution's own sign-in for operators; null where they sign in by token only
 * @param vcApi for conformance suites only: signs whatever it is sent, by a key that everybody knows
 */
public record Config(
        URI publicUrl,
        List<URI> formerUrls,
        String host,
        int port,
        boolean trustProxy,
        Path data,
        Path ltiConfig,
        @Nullable String databaseUrl,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        Path masterKey,
        @Nullable Path catalogue,
        IssuerSettings issuer,
        boolean allowLoopback,
        Duration collectEvery,
        Duration rotateKeysEvery,
        @Nullable OpenIdSettings openId,
        boolean vcApi) {

    public Config {
        formerUrls = List.copyOf(formerUrls);
        if (vcApi && !Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(publicUrl.getHost()))) {
            throw new IllegalArgumentException(
                    "--vc-api signs whatever it is sent; it is for tests, and only with a public URL of localhost.");
        }
        if (!isOrigin(publicUrl) || !formerUrls.stream().allMatch(Config::isOrigin)) {
            throw new IllegalArgumentException(
                    "A public URL is https or http and a host, such as https://cairn.example.edu.");
        }
    }

    private static boolean isOrigin(URI url) {
        return url.getHost() != null
                && Set.of("http", "https").contains(url.getScheme())
                && (url.getRawPath() == null || url.getRawPath().isEmpty())
                && url.getRawQuery() == null
                && url.getUserInfo() == null;
    }

    @Override
    public String toString() {
        return "Config[" + publicUrl + "]";
    }
}
